import { MemoryEventStore, MemoryLog, type AppendResult, type NewEvent } from '@holdfast/event-store';
import { usualBin, type Bin } from '@holdfast/inventory';
import { openSkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import { BinSpace, type ClaimRequest } from './bin-space.js';
import { binStreams, streamOfBin, type BinRef } from './bin-streams.js';
import { CALL_MS, CallClaims, type CallClaimsParts } from './call-claims.js';

const tenant = 'demo';
const locationId = 'BER';
const place = { tenant, locationId };
const shelf = { ...usualBin('A', 'storage'), capacityUnits: 5 };
const bin = { tenant, locationId, binId: 'A' };
const noon = Date.UTC(2026, 6, 1, 12);
const full = (free: number) => ({ status: 409, code: 'bin_full', details: [{ field: 'x', binId: 'A', free }] });

/** A store that dies with its process at the next append, where the test says so. */
class MortalStore extends MemoryEventStore {
  dead = false;

  override async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    if (this.dead) throw new Error('the process is dead');
    return super.append(stream, expected, events);
  }
}

/** One process: units of CUP go into a bin for five. */
async function process(log: MemoryLog, underWay = new Set<string>()) {
  const store = new MortalStore({ log });
  const ledger = await openSkuLedger({ eventStore: store });
  const streams = binStreams(store);
  const clock = { now: noon };
  const contents = async () => {
    const { state, revision } = await ledger.read({ tenant, sku: 'CUP' });
    const units = state.detail?.lots?.locations.get(locationId)?.lots.get('')?.bins.get('A') ?? 0;
    return { units: units === 0 ? [] : [{ sku: 'CUP', units }], revisions: [{ sku: 'CUP', revision }] };
  };
  const now = () => clock.now;
  const isUnderWay = ({ id }: { readonly id: string }) => Promise.resolve(underWay.has(id));
  const claims = new CallClaims({ space: new BinSpace(streams, { contents }, now), ledger, isUnderWay, now });
  let calls = 0;
  const add = async (units: number): Promise<void> => {
    const command = { at: noon, commandId: `add ${String((calls += 1))} ${String(Math.random())}`, locationId, delta: units, binId: 'A' };
    await ledger.execute({ tenant, sku: 'CUP' }, { type: 'AdjustStock', ...command, effectiveAt: noon, reasonCode: 'found' });
  };
  const put = (units: number, work = () => add(units), documentId = 'adj_1') =>
    claims.holding({ ...place, documentId }, [{ bin: shelf, field: 'x', sku: 'CUP', units }], work);
  const open = async () => (await streams.read(streamOfBin(bin))).record.state;
  const lying = async () => (await contents()).units[0]?.units ?? 0;
  return { store, claims, clock, add, put, open, lying };
}

describe('space that is claimed while a call works', () => {
  it('is not given twice: of two processes that fill a bin at once one is refused', async () => {
    const log = new MemoryLog();
    const [one, other] = [await process(log), await process(log)];
    const results = await Promise.allSettled([one.put(3), other.put(3)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((each): each is PromiseRejectedResult => each.status === 'rejected');
    expect(refused?.reason).toMatchObject({ status: 409, code: 'bin_full' });
    expect(await one.lying()).toBe(3);
    await other.put(2);
    await expect(one.put(1)).rejects.toMatchObject(full(0));
    expect(await one.open()).toMatchObject({ claims: [] });
  });

  it('is free again where the work was refused', async () => {
    const { put, open } = await process(new MemoryLog());
    const refusal = new Problem(409, 'insufficient_stock', 'no');
    await expect(put(5, () => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(await open()).toMatchObject({ claims: [] });
    await put(5);
  });

  it('stays kept where nobody knows what became of the work, and is ended after its minute', async () => {
    const log = new MemoryLog();
    const [dying, other] = [await process(log), await process(log)];
    const work = async (): Promise<void> => {
      await dying.add(3);
      dying.store.dead = true;
      throw new Error('the process is dead');
    };
    await expect(dying.put(3, work)).rejects.toThrow('the process is dead');
    const left = async () => [{ ...bin, state: await other.open() }];
    await expect(other.put(2)).rejects.toMatchObject(full(0));
    await other.claims.endOld(await left());
    expect((await other.open()).claims).toHaveLength(1);
    other.clock.now += CALL_MS + 1;
    await other.claims.endOld(await left());
    expect((await other.open()).claims).toEqual([]);
    await other.put(2);
    expect(await other.lying()).toBe(5);
  });

  it('ends also where the process died before it did anything', async () => {
    const log = new MemoryLog();
    const [dying, other] = [await process(log), await process(log)];
    const work = (): Promise<void> => Promise.reject(new Error('the process is dead'));
    await expect(dying.put(4, work)).rejects.toThrow('dead');
    await expect(other.put(4)).rejects.toMatchObject(full(1));
    other.clock.now += CALL_MS + 1;
    await other.claims.endOld([{ ...bin, state: await other.open() }]);
    await other.put(4);
  });

  it('stays kept for longer than its minute while the document is under way, which another process carries on', async () => {
    const log = new MemoryLog();
    const underWay = new Set(['adj_1']);
    const [dying, other] = [await process(log, underWay), await process(log, underWay)];
    await expect(dying.put(4, () => Promise.reject(new Error('the process is dead')))).rejects.toThrow('dead');
    const endOld = async () => other.claims.endOld([{ ...bin, state: await other.open() }]);
    other.clock.now += CALL_MS + 1;
    await endOld();
    await expect(other.put(4, undefined, 'adj_2')).rejects.toMatchObject(full(1));
    await other.add(4);
    underWay.clear();
    await endOld();
    expect((await other.open()).claims).toEqual([]);
    await other.put(1, undefined, 'adj_2');
    expect(await other.lying()).toBe(5);
  });

  it('is claimed in several bins at once, in each for one after the other, and each claim has its own minute', async () => {
    let [now, most] = [noon, 0];
    const working: string[] = [];
    const stamps = new Set<string | undefined>();
    const claim = async ({ binId }: BinRef, _: Bin, { claimId, units }: ClaimRequest) => {
      expect(working).not.toContain(binId);
      stamps.add(claimId.split('~')[1]);
      working.push(binId);
      most = Math.max(most, working.length);
      now += 100;
      await new Promise(setImmediate);
      working.splice(working.indexOf(binId), 1);
      return { kind: 'claimed', units } as const;
    };
    const settled: string[] = [];
    const moved = (_: BinRef, claimId: string) => Promise.resolve(void settled.push(claimId));
    const ledger = { read: () => Promise.resolve({ revision: 1 }) } as unknown as CallClaimsParts['ledger'];
    const claims = new CallClaims({ space: { claim, moved }, ledger, isUnderWay: () => Promise.resolve(false), now: () => now });
    const wanted = (bins: number) =>
      Array.from({ length: 2 * bins }, (_, index) => ({ bin: { ...shelf, binId: `B${index % bins}` }, field: 'x', sku: 'CUP', units: 1 }));
    await claims.holding(place, wanted(20), () => Promise.resolve());
    expect([most, stamps.size, settled.length]).toEqual([8, 40, 40]);

    let calls = 0;
    const work = () => Promise.resolve((calls += 1));
    await expect(claims.holding(place, wanted(200), work)).rejects.toMatchObject({ status: 412, code: 'position_not_reached' });
    expect([calls, settled.length]).toEqual([0, 440]);
  });
});
