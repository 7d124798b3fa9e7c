import { inSlices } from '@holdfast/kit';
import { readJson } from './body-parsers.js';

const parse = (text: string, parsed: (error: Error | null, value?: unknown) => void): void => parsed(null, JSON.parse(text));

/** How often the reading of a body lets others run, were each step as long as a slice. */
function stepsOf(text: string): number {
  const steps = readJson(Buffer.from(text), parse);
  let count = 0;
  while (steps.next().done !== true) count += 1;
  return count;
}

const lines = (count: number, text: string): string => {
  const entries = Array.from({ length: count }, (_, index) => `{"sku":"S-${index}","text":"${text}"}`);
  return `{"lines":[${entries.join(',')}]}`;
};

describe('reading a long body', () => {
  it('is done in more steps the longer it is, and its parsing is one by itself', () => {
    expect(stepsOf(lines(1, 'x'))).toBe(2);
    expect(stepsOf(lines(10_000, 'x'.repeat(200)))).toBeGreaterThan(15);
  });

  it('looks for what cannot be stored value by value, where an escape may mean it', () =>
    expect(stepsOf(lines(10_000, '\\ud83d\\ude00'))).toBeGreaterThan(30_000));

  it('refuses a text that no route takes before it is parsed', async () => {
    const text = `{"note":"${'\\u0041'.repeat(20_000)}"}`;
    const refused = async (): Promise<unknown> => inSlices(readJson(Buffer.from(text), () => expect(true).toBe(false)));
    await expect(refused()).rejects.toMatchObject({ code: 'body_too_complex', message: 'A text has at most 65536 bytes' });
  });
});
