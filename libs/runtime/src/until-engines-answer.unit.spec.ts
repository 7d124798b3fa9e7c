import { untilEnginesAnswer } from './until-engines-answer.js';

const refused = (): Error => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** Opens at the third try. */
function opening(error: () => Error): { readonly open: () => Promise<string>; readonly tries: () => number } {
  let tries = 0;
  return {
    tries: () => tries,
    open: () => {
      tries += 1;
      return tries < 3 ? Promise.reject(error()) : Promise.resolve('open');
    },
  };
}

function listening(): { readonly logger: { warn: (fields: unknown, text?: string) => void }; readonly texts: string[] } {
  const texts: string[] = [];
  return { logger: { warn: (_fields, text) => void texts.push(text ?? '') }, texts };
}

describe('a start that waits for its engines', () => {
  it('tries again while an engine cannot be reached, and says so each time', async () => {
    const { open, tries } = opening(refused);
    const { logger, texts } = listening();
    expect(await untilEnginesAnswer(open, logger)).toBe('open');
    expect(tries()).toBe(3);
    expect(texts).toEqual(Array.from({ length: 2 }, () => 'an engine does not answer yet; the start waits for it'));
  });

  it('ends at once with an error that a later try would meet again', async () => {
    const { open, tries } = opening(() => new Error('DATABASE_URL is missing'));
    await expect(untilEnginesAnswer(open, listening().logger)).rejects.toThrow('DATABASE_URL is missing');
    expect(tries()).toBe(1);
  });

  it('ends with the last error when its time is over', async () => {
    const { open, tries } = opening(refused);
    await expect(untilEnginesAnswer(open, listening().logger, 0)).rejects.toThrow('ECONNREFUSED');
    expect(tries()).toBe(1);
  });
});
