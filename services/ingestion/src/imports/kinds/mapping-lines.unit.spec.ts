import { Problem } from '@holdfast/platform';
import type { ChannelMapping, ChannelMappings, MappingChange, MappingRef } from '../../mappings/channel-mappings.js';
import type { Asker } from '../../stock/stock.service.js';
import type { Execution, LineOutcome, WaitingLine } from '../import-kind.js';
import { MappingLines } from './mapping-lines.js';

const asker: Asker = { tenant: 'acme', subject: 'ann' };

/** One channel as the connector keeps it: a listing belongs to one SKU, and a call takes effect as a whole. */
class Channel implements Pick<ChannelMappings, 'find' | 'put' | 'putAll'> {
  calls = 0;
  constructor(readonly listings: Map<string, string>) {}

  find(_tenant: string, { sku }: MappingRef): Promise<ChannelMapping | undefined> {
    const listingId = this.listings.get(sku);
    return Promise.resolve(listingId === undefined ? undefined : { listingId, conflictStrategy: null });
  }

  put(to: Asker, { channelId, sku }: MappingRef, mapping: Partial<ChannelMapping> | null, key: string): Promise<void> {
    return this.putAll(to, channelId, [{ sku, mapping }], key);
  }

  async putAll(_to: Asker, _channelId: string, changes: readonly MappingChange[], _key: string): Promise<void> {
    this.calls += 1;
    const after = new Map(this.listings);
    for (const { sku } of changes) after.delete(sku);
    for (const { sku, mapping } of changes) {
      const { listingId } = mapping ?? {};
      if (listingId === undefined) continue;
      if ([...after.values()].includes(listingId)) throw new Problem(409, 'listing_already_mapped', 'A listing belongs to one SKU');
      after.set(sku, listingId);
    }
    this.listings.clear();
    for (const [sku, listingId] of after) this.listings.set(sku, listingId);
  }
}

/** A file, of which each line says SKU and listing, line by line from 2 on; carried out, and taken back by `undo`. */
function shop(before: Readonly<Record<string, string>>) {
  const channel = new Channel(new Map(Object.entries(before)));
  const kind = new MappingLines(channel as unknown as ChannelMappings);
  const run = async (how: Execution, lines: readonly WaitingLine[]): Promise<readonly LineOutcome[]> => {
    const outcomes = await how.apply(asker, lines, { commandIdOf: (line) => `c${String(line)}`, importId: 'i' });
    return [...outcomes].sort((one, other) => one.line - other.line);
  };
  return {
    channel,
    standing: () => Object.fromEntries([...channel.listings].sort()),
    async upload(...rows: readonly (readonly [sku: string, listingId: string])[]) {
      const cells = rows.map(([sku, listingId]) => ({ sku, listingId, channelId: 'web' }));
      const unseen = cells.map((each, index) => ({ line: index + 2, cells: each, former: null }));
      const former = await kind.look(asker, unseen);
      const lines = unseen.map((line) => ({ ...line, former: former.get(line.line) ?? null }));
      return { lines, outcomes: await run(kind, lines) };
    },
    undo(lines: readonly WaitingLine[]) {
      // What stood there is wanted again, and what the file said is expected.
      const back = lines.map(({ line, cells, former }) => {
        const names = Object.keys(former ?? {});
        const own = Object.fromEntries(names.map((name) => [name, former?.[name]]).filter(([, value]) => value !== null));
        const wanted = { sku: cells['sku'], channelId: cells['channelId'], ...own } as WaitingLine['cells'];
        return { line, cells: former?.['sku'] === null ? without(wanted, 'sku') : wanted, former: pick(cells, names) };
      });
      return run(kind.undo, back);
    },
  };
}

const pick = (cells: WaitingLine['cells'], names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, cells[name] ?? null]));
const without = (cells: WaitingLine['cells'], left: string): WaitingLine['cells'] =>
  Object.fromEntries(Object.entries(cells).filter(([name]) => name !== left));

const results = (outcomes: readonly LineOutcome[]) => outcomes.map(({ result }) => result);

describe('a file of mappings', () => {
  it('lets two SKUs trade their listings, in one call', async () => {
    const { upload, standing, channel } = shop({ A: 'X', B: 'Y', C: 'Z' });
    const { outcomes } = await upload(['A', 'Y'], ['B', 'X'], ['C', 'Z']);
    expect(results(outcomes)).toEqual(['applied', 'applied', 'unchanged']);
    expect(standing()).toEqual({ A: 'Y', B: 'X', C: 'Z' });
    expect(channel.calls).toBe(1);
  });

  it('takes trades back as a whole', async () => {
    const { upload, undo, standing } = shop({ A: 'X', B: 'Y' });
    const { lines } = await upload(['A', 'Y'], ['B', 'X']);
    expect(results(await undo(lines))).toEqual(['applied', 'applied']);
    expect(standing()).toEqual({ A: 'X', B: 'Y' });
  });

  it('lets listings move on along a chain whose order in the file is the wrong one, and back', async () => {
    const { upload, undo, standing } = shop({ B: 'Y', C: 'Z' });
    const { lines, outcomes } = await upload(['A', 'Y'], ['B', 'Z'], ['C', 'free']);
    expect(results(outcomes)).toEqual(['applied', 'applied', 'applied']);
    expect(standing()).toEqual({ A: 'Y', B: 'Z', C: 'free' });
    expect(results(await undo(lines))).toEqual(['applied', 'applied', 'applied']);
    expect(standing()).toEqual({ B: 'Y', C: 'Z' });
  });

  it('trades all or nothing: where one of the listings is another SKU’s, each line of the trade says so', async () => {
    const { upload, standing } = shop({ A: 'X', B: 'Y', OTHER: 'W' });
    const { outcomes } = await upload(['A', 'Y'], ['B', 'W'], ['D', 'new']);
    expect(outcomes).toMatchObject([
      { line: 2, result: 'failed', fault: { code: 'listing_already_mapped' } },
      { line: 3, result: 'failed', fault: { code: 'listing_already_mapped' } },
      { line: 4, result: 'applied' },
    ]);
    expect(standing()).toEqual({ A: 'X', B: 'Y', D: 'new', OTHER: 'W' });
  });

  it('gives a listing that two lines want to the first of them, which may trade for it', async () => {
    const { upload, standing } = shop({ A: 'X', B: 'Y' });
    const { outcomes } = await upload(['A', 'Y'], ['B', 'X'], ['C', 'Y']);
    expect(results(outcomes)).toEqual(['applied', 'applied', 'failed']);
    expect(standing()).toEqual({ A: 'Y', B: 'X' });
  });

  it('moves many listings on by one, in one call', async () => {
    const numbers = Array.from({ length: 300 }, (_none, n) => n);
    const { upload, standing, channel } = shop(Object.fromEntries(numbers.map((n) => [`S${String(n)}`, `L${String(n)}`])));
    const { outcomes } = await upload(...numbers.map((n): [string, string] => [`S${String(n)}`, `L${String((n + 1) % numbers.length)}`]));
    expect(new Set(results(outcomes))).toEqual(new Set(['applied']));
    expect(channel.calls).toBe(1);
    expect(standing()).toMatchObject({ S0: 'L1', S299: 'L0' });
  });
});
