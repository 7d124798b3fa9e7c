import { clientOf, problem } from '../../test/answers.js';
import { chunksOf } from './chunks.js';

const line = (sku: string) => ({ sku, locationId: 'BER', quantity: 1 });
const results = (count: number) => ({
  body: { summary: {}, results: Array.from({ length: count }, (_, index) => ({ index, status: 'ok', onHand: index })) },
});

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('lines in bulk', () => {
  it('are cut by their count and by their bytes', async () => {
    const cut = async (maxLines: number, maxBytes: number): Promise<readonly (readonly [number, number])[]> =>
      (await all(chunksOf(['aaaa', 'bbbb', 'cccc', 'ü', 'dddd'], maxLines, maxBytes))).map(({ from, lines }) => [from, lines.length]);
    expect(await cut(2, 1_000)).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
    ]);
    expect(await cut(1_000, 14)).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
    ]);
    expect(await cut(1_000, 1)).toHaveLength(5);
  });

  it('are answered in their order, with their numbers over all calls and a key for each call', async () => {
    const { holdfast, sent } = clientOf([results(10_000), results(3)]);
    const lines = Array.from({ length: 10_003 }, (_, index) => line(`S${String(index)}`));
    const told = await all(holdfast.bulk(lines, { idempotencyKey: 'count-7' }));
    expect(told.map(({ line: number }) => number)).toEqual(lines.map((_, index) => index));
    expect(told.at(-1)).toEqual({ line: 10_002, status: 'ok', onHand: 2 });
    expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['count-7-0', 'count-7-10000']);
  });

  it('say which key goes on after a call that failed', async () => {
    const { holdfast } = clientOf([problem(500, 'internal_error')]);
    await expect(all(holdfast.bulk([line('A')], { idempotencyKey: 'count-8' }))).rejects.toMatchObject({ idempotencyKey: 'count-8-0' });
  });
});
