import { accept, refuse, type Decision, type Refusal } from '@holdfast/inventory';
import type { BinCommand, BinRules, BinUnits, ClaimSpace, EndClaim, MoveClaim } from './commands.js';
import type { BinEvent } from './events.js';
import { MAX_CLAIMS_PER_BIN } from './limits.js';
import type { BinState, UnseenMove } from './state.js';

export type BinRefusalCode = 'bin_full' | 'bin_blocked' | 'sku_mixing' | 'lot_mixing' | 'claim_ended' | 'too_many_claims';

type BinDecision = Decision<BinEvent, BinRefusalCode>;

/** Decides about the space in one bin, over all SKUs. A command that is already satisfied yields no events. */
export function decideBin(state: BinState, command: BinCommand): BinDecision {
  switch (command.type) {
    case 'ClaimSpace':
      return claim(state, command);
    case 'MoveClaim':
      return move(state, command);
    case 'EndClaim':
      return end(state, command);
    default:
      return command satisfies never;
  }
}

function claim(state: BinState, command: ClaimSpace): BinDecision {
  const { claimId, sku, lotId, mayBePart, overCapacity, rules, contents } = command;
  if (state.claims.some((each) => each.claimId === claimId)) return accept();
  // Its task has ended: a process that was frozen meanwhile must not take space that nobody would free.
  if (state.ended.includes(claimId)) return refuse('claim_ended', { claimId });
  if (state.claims.length >= MAX_CLAIMS_PER_BIN) return refuse('too_many_claims', { most: MAX_CLAIMS_PER_BIN });
  const isSeen = seenBy(contents.revisions);
  const coming = [...state.claims.map(unitsOfClaim), ...state.unseen.filter((each) => !isSeen(each))];
  const mixing = mixingFault(rules, [...contents.units, ...coming], command);
  if (mixing !== undefined) return mixing;

  const free = overCapacity === true ? Number.POSITIVE_INFINITY : freeUnits(rules, [...contents.units, ...coming]);
  const units = mayBePart ? Math.min(command.units, free) : command.units;
  if (units <= 0 || units > free) return refuse('bin_full', { free: Math.max(0, free), requested: command.units });
  const seenMoves = state.unseen.filter(isSeen).map(({ moveId }) => moveId);
  return accept({ type: 'SpaceClaimed', claimId, sku, ...(lotId === undefined ? {} : { lotId }), units, seenMoves });
}

function move(state: BinState, { claimId, moveId, units, skuRevision }: MoveClaim): BinDecision {
  const known = state.claims.find((each) => each.claimId === claimId);
  if (known === undefined || known.moveIds.includes(moveId)) return accept();
  return accept({ type: 'ClaimMoved', claimId, moveId, units: Math.min(units, known.open), skuRevision });
}

/** An id that was never claimed is recorded too, so that a late claim under it is refused. */
const end = (state: BinState, { claimId }: EndClaim): BinDecision =>
  state.ended.includes(claimId) ? accept() : accept({ type: 'ClaimEnded', claimId });

/** Units that still fit; may be below zero where a fact filled the bin beyond its capacity. */
export const freeUnits = ({ capacityUnits }: Pick<BinRules, 'capacityUnits'>, taken: readonly BinUnits[]): number =>
  capacityUnits === null ? Number.POSITIVE_INFINITY : capacityUnits - taken.reduce((sum, { units }) => sum + units, 0);

/** Why the goods may not lie beside what is there or on its way there; undefined where they may. */
export function mixingFault(
  { blocked, allowMixedSkus, allowMixedLots }: Omit<BinRules, 'capacityUnits'>,
  taken: readonly BinUnits[],
  { sku, lotId }: Omit<BinUnits, 'units'>,
): Refusal<'bin_blocked' | 'sku_mixing' | 'lot_mixing'> | undefined {
  if (blocked) return refuse('bin_blocked');
  const there = taken.filter(({ units }) => units > 0);
  const otherSku = there.find((each) => each.sku !== sku);
  if (otherSku !== undefined && !allowMixedSkus) return refuse('sku_mixing', { sku: otherSku.sku });
  const otherLot = there.find((each) => each.sku === sku && each.lotId !== lotId);
  if (otherLot !== undefined && !allowMixedLots) return refuse('lot_mixing', { lotId: otherLot.lotId ?? null });
  return undefined;
}

const unitsOfClaim = ({ sku, lotId, open }: BinState['claims'][number]): BinUnits => ({
  sku,
  ...(lotId === undefined ? {} : { lotId }),
  units: open,
});

function seenBy(revisions: ClaimSpace['contents']['revisions']): (move: UnseenMove) => boolean {
  const known = new Map(revisions.map(({ sku, revision }) => [sku, revision]));
  return ({ sku, skuRevision }) => (known.get(sku) ?? -1) >= skuRevision;
}
