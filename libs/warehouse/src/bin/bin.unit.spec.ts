import type { BinRules, BinUnits, ClaimSpace } from './commands.js';
import { decideBin } from './decide.js';
import type { BinEvent } from './events.js';
import { evolveBin, initialBinState } from './state.js';

const rules: BinRules = { capacityUnits: 5, allowMixedSkus: true, allowMixedLots: true, blocked: false };
const claim = (claimId: string, units: number, more: Partial<ClaimSpace> = {}): ClaimSpace => ({
  type: 'ClaimSpace',
  at: 1,
  commandId: claimId,
  claimId,
  sku: 'MILK',
  units,
  mayBePart: false,
  rules,
  contents: { units: [], revisions: [] },
  ...more,
});
const holding = (capacityUnits: number | null, ...units: readonly BinUnits[]) => ({
  rules: { ...rules, capacityUnits },
  contents: { units, revisions: [] },
});
const claimed = (claimId: string, units: number, more: Partial<Extract<BinEvent, { type: 'SpaceClaimed' }>> = {}): BinEvent => ({
  type: 'SpaceClaimed',
  claimId,
  sku: 'MILK',
  units,
  seenMoves: [],
  ...more,
});
const moved = (claimId: string, moveId: string, units: number, skuRevision: number): BinEvent => ({
  type: 'ClaimMoved',
  claimId,
  moveId,
  units,
  skuRevision,
});
const ended = (claimId: string): BinEvent => ({ type: 'ClaimEnded', claimId });
const given = (...events: readonly BinEvent[]) => {
  const state = events.reduce(evolveBin, initialBinState());
  return { state, when: (command: Parameters<typeof decideBin>[1]) => decideBin(state, command) };
};
const accepted = (...events: readonly BinEvent[]) => ({ kind: 'accepted', events });

describe('the space in a bin', () => {
  it('P1 is claimed up to its capacity, or in part where the caller named no bin', () => {
    expect(given().when(claim('a', 3))).toEqual(accepted(claimed('a', 3)));
    expect(given(claimed('a', 3)).when(claim('b', 4))).toMatchObject({ code: 'bin_full', details: { free: 2, requested: 4 } });
    expect(given(claimed('a', 3)).when(claim('b', 4, { mayBePart: true }))).toEqual(accepted(claimed('b', 2)));
    expect(given(claimed('a', 5)).when(claim('b', 4, { mayBePart: true }))).toMatchObject({ code: 'bin_full', details: { free: 0 } });
  });

  it('P3, P4 counts what lies there, which may be more than its capacity by then', () => {
    const nine = { sku: 'MILK', units: 9 };
    expect(given().when(claim('a', 2, holding(10, nine)))).toMatchObject({ code: 'bin_full', details: { free: 1 } });
    expect(given().when(claim('a', 1, holding(10, nine)))).toEqual(accepted(claimed('a', 1)));
    expect(given().when(claim('a', 1, holding(10, { ...nine, units: 11 })))).toMatchObject({ details: { free: 0 } });
    expect(given().when(claim('a', 2, { ...holding(10, nine), overCapacity: true }))).toEqual(accepted(claimed('a', 2)));
  });

  it('P8 is never full without a capacity', () => {
    expect(given(claimed('a', 1_000_000)).when(claim('b', 1_000_000, holding(null)))).toMatchObject({ kind: 'accepted' });
  });

  it('counts moved units once: by the move until the contents hold them, then by the contents', () => {
    const after = given(claimed('a', 3), moved('a', 'm1', 3, 7));
    expect(after.state).toMatchObject({ claims: [], ended: ['a'], unseen: [{ moveId: 'm1', units: 3, skuRevision: 7 }] });
    const before = { contents: { units: [], revisions: [{ sku: 'MILK', revision: 6 }] } };
    const since = { contents: { units: [{ sku: 'MILK', units: 3 }], revisions: [{ sku: 'MILK', revision: 7 }] } };
    expect(after.when(claim('b', 3, before))).toMatchObject({ code: 'bin_full', details: { free: 2 } });
    expect(after.when(claim('b', 2, since))).toEqual(accepted(claimed('b', 2, { seenMoves: ['m1'] })));
    expect(given(claimed('a', 3), moved('a', 'm1', 3, 7), claimed('b', 2, { seenMoves: ['m1'] })).state.unseen).toEqual([]);
  });

  it('P10 is free at once when a claim ends, and a late repeat of the claim takes none', () => {
    const after = given(claimed('a', 3), ended('a'));
    expect(after.when(claim('b', 5))).toEqual(accepted(claimed('b', 5)));
    expect(after.when(claim('a', 3))).toMatchObject({ code: 'claim_ended' });
    expect(given(ended('x')).when(claim('x', 1))).toMatchObject({ code: 'claim_ended' });
  });

  it('changes nothing by a repeat', () => {
    const settle = { type: 'MoveClaim', at: 1, commandId: 'm', claimId: 'a', moveId: 'm1', units: 2, skuRevision: 7 } as const;
    expect(given(claimed('a', 3)).when(claim('a', 3))).toEqual(accepted());
    expect(given(claimed('a', 3)).when(settle)).toEqual(accepted(moved('a', 'm1', 2, 7)));
    expect(given(claimed('a', 3), moved('a', 'm1', 2, 7)).when(settle)).toEqual(accepted());
    expect(given(claimed('a', 2), moved('a', 'm1', 2, 7)).when(settle)).toEqual(accepted());
    expect(given(ended('a')).when({ type: 'EndClaim', at: 1, commandId: 'e', claimId: 'a' })).toEqual(accepted());
  });

  it('is not shared where the bin forbids it, also with what is on its way', () => {
    const alone = { ...rules, capacityUnits: 100, allowMixedSkus: false, allowMixedLots: false };
    expect(given(claimed('a', 3, { sku: 'TEA' })).when(claim('b', 1, { rules: alone }))).toMatchObject({
      code: 'sku_mixing',
      details: { sku: 'TEA' },
    });
    expect(given(claimed('a', 3, { lotId: 'L1' })).when(claim('b', 1, { rules: alone, lotId: 'L2' }))).toMatchObject({
      code: 'lot_mixing',
      details: { lotId: 'L1' },
    });
    expect(given(claimed('a', 3, { lotId: 'L1' })).when(claim('b', 1, { rules: alone, lotId: 'L1' }))).toMatchObject({ kind: 'accepted' });
    expect(given().when(claim('b', 1, { rules: { ...rules, blocked: true } }))).toMatchObject({ code: 'bin_blocked' });
  });

  it('has a limited number of claims', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => claimed(String(index), 1));
    expect(given(...many).when(claim('b', 1, holding(null)))).toMatchObject({ code: 'too_many_claims' });
  });
});
