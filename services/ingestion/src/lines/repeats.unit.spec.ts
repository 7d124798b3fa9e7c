import { inSlices } from '@holdfast/kit';
import type { CheckedLine } from './line-result.js';
import { byIndex, refuseRepeats } from './repeats.js';

const lines = (...texts: readonly string[]): readonly CheckedLine<string>[] => texts.map((line, index) => ({ kind: 'valid', index, line }));
const refuse = async (given: readonly CheckedLine<string>[]) => {
  const once = await inSlices(refuseRepeats(given, (text) => (text === 'free' ? undefined : text), 'count the same SKU', byIndex));
  return once.map((one) => (one.kind === 'valid' ? 'valid' : one.result));
};

describe('lines about the same thing', () => {
  it('are all refused, each naming the others', async () => {
    const refused = {
      status: 'error',
      code: 'repeated_line',
      message: 'these lines count the same SKU; send one of them: index 0, index 2',
    };
    expect(await refuse(lines('TEE', 'CAP', 'TEE'))).toEqual([{ index: 0, ...refused }, 'valid', { index: 2, ...refused }]);
  });

  it('may come together where their order does not matter', async () =>
    expect(await refuse(lines('free', 'free'))).toEqual(['valid', 'valid']));

  it('are named up to ten of them', async () => {
    const [first] = await refuse(lines(...Array.from({ length: 5_000 }, () => 'TEE')));
    expect(first).toMatchObject({ message: expect.stringMatching(/index 8, index 9 and 4990 more$/) as unknown });
  });

  it('count where they are valid only', async () =>
    expect(await refuse([...lines('TEE'), { kind: 'faulty', result: { index: 1, status: 'error' } }])).toMatchObject([
      'valid',
      { index: 1 },
    ]));
});
