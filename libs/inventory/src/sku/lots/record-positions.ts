import { accept, refuse } from '../../decision.js';
import { isRepeatedCommand } from '../recent.js';
import { laterMovement, laterThanCount, unitsSince } from '../reconciliation/reconciliation.js';
import { locationFault, type SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { PositionFigure } from '../stock/events.js';
import { introduction } from '../stock/products.js';
import type { ReceivedPosition, RecordPositions } from './commands.js';
import type { PositionChange } from './events.js';
import { changesSale, findLot, NONE, positionChange, unassignedUnits, unitsInBin } from './positions.js';
import { declarations, positionsFault } from './received.js';
import type { LotStock } from './state.js';

/**
 * Decides what lies in positions: each that is named becomes its figure. What is more meets unassigned units first, because they may be the
 * same goods; only the rest raises on hand. What is less lowers it. With `complete` nothing lies elsewhere, and the sum is a count. A
 * figure from before a movement is refused: nothing tells which of the positions the units came from or went to. Only of units that all lie
 * in no position, before and after, a complete one is as good as a count of on hand.
 */
export function recordPositions(state: SkuState, command: RecordPositions): SkuDecision {
  const { at, commandId, locationId, effectiveAt, reasonCode, reason, documentId, positions, complete } = command;
  if (isRepeatedCommand(state, commandId)) return accept();
  const fault =
    locationFault(state, locationId) ??
    positionsFault(state, locationId, positions, { isFact: false, least: 0 }) ??
    repeated(state, positions);
  if (fault) return fault;
  const earlier = effectiveAt < at ? state.journals.get(locationId) : undefined;
  const later =
    earlier && (laterThanCount(earlier, effectiveAt) ?? (isPlain(state, command) ? undefined : laterMovement(earlier, effectiveAt)));
  if (later) return refuse('later_fact_known', { ...later });

  const lots = state.detail?.lots;
  const changes = [...positions.map((position) => changeTo(state, locationId, position)), ...(complete ? unnamed(state, command) : [])];
  const named = changes.reduce((sum, { delta }) => sum + delta, 0);
  const sum = positions.reduce((units, { quantity }) => units + quantity, 0);
  const onHand = state.balances.get(locationId)?.onHand ?? 0;
  const loose = positions.some(({ lotId, binId }) => lotId === undefined && binId === undefined);
  const since = earlier === undefined ? 0 : unitsSince(earlier, effectiveAt);
  const delta = complete ? sum + since - onHand : loose ? named : onHandChange(named, unassignedUnits(state, locationId));
  return accept(
    ...introduction(state, commandId),
    ...declarations(
      lots,
      locationId,
      positions.filter(({ quantity }) => quantity > 0),
    ),
    {
      type: 'StockAdjusted',
      commandId,
      locationId,
      delta,
      effectiveAt,
      reasonCode,
      ...(reason === undefined ? {} : { reason }),
      ...(documentId === undefined ? {} : { documentId }),
      ...(complete ? { counted: sum } : { recorded: sum }),
      positions: changes.filter((change) => isPosition(change) && (change.delta !== 0 || changesSale(lots, change))),
      figures: figuresOf(state, locationId, changes, delta),
    },
  );
}

const isPosition = ({ lotId, binId }: PositionChange): boolean => lotId !== undefined || binId !== undefined;

/** Whether the figure is one of on hand alone. */
const isPlain = ({ detail }: SkuState, { complete, locationId, positions }: RecordPositions): boolean =>
  complete &&
  positions.every(({ lotId, binId }) => lotId === undefined && binId === undefined) &&
  (detail?.lots?.locations.get(locationId)?.lots.size ?? 0) === 0;

/** Every position that was named or changed, with its units before and after. */
function figuresOf(state: SkuState, locationId: string, changes: readonly PositionChange[], delta: number): readonly PositionFigure[] {
  const lots = state.detail?.lots;
  const assigned = changes.filter(isPosition);
  const unassigned = unassignedUnits(state, locationId);
  const unassignedDelta = delta - assigned.reduce((sum, change) => sum + change.delta, 0);
  const figures = assigned.map(({ lotId, binId, delta: more }): PositionFigure => {
    const before = unitsInBin(lots, locationId, lotId, binId);
    return { ...(lotId === undefined ? {} : { lotId }), ...(binId === undefined ? {} : { binId }), before, after: before + more };
  });
  const isTold = unassignedDelta !== 0 || assigned.length < changes.length;
  return isTold ? [...figures, { before: unassigned, after: unassigned + unassignedDelta }] : figures;
}

/** Two figures of one position contradict each other; also where one of them is under a former id of the lot. */
function repeated({ detail }: SkuState, positions: readonly ReceivedPosition[]): SkuDecision | undefined {
  const seen = new Set<string>();
  for (const position of positions) {
    const key = keyOf(detail?.lots, position);
    if (seen.has(key)) {
      const { lotId, binId } = position;
      return refuse('position_repeated', { ...(lotId === undefined ? {} : { lotId }), ...(binId === undefined ? {} : { binId }) });
    }
    seen.add(key);
  }
  return undefined;
}

const keyOf = (lots: LotStock | undefined, { lotId, binId = NONE }: Pick<ReceivedPosition, 'lotId' | 'binId'>): string =>
  JSON.stringify([(lots && lotId !== undefined ? findLot(lots, lotId)?.lotId : undefined) ?? lotId ?? NONE, binId]);

/** The change of on hand by positions that have so many units more (or less): what is more meets unassigned units first. */
export const onHandChange = (units: number, unassigned: number): number =>
  units <= 0 ? units : Math.max(0, units - Math.max(0, unassigned));

/** The change by which the position has its figure. One without lot and bin is the unassigned units. */
function changeTo(state: SkuState, locationId: string, { lotId, binId, quantity, sellable }: ReceivedPosition): PositionChange {
  const lots = state.detail?.lots;
  if (lotId === undefined && binId === undefined) {
    return positionChange(locationId, undefined, undefined, quantity - unassignedUnits(state, locationId));
  }
  const known = lotId === undefined || lots === undefined ? lotId : (findLot(lots, lotId)?.lotId ?? lotId);
  const change = positionChange(locationId, known, binId, quantity - unitsInBin(lots, locationId, known, binId));
  return { ...change, ...(sellable === undefined ? {} : { sellable }) };
}

/** Positions that a complete record does not name become empty. */
function unnamed(state: SkuState, { locationId, positions }: RecordPositions): readonly PositionChange[] {
  const lots = state.detail?.lots;
  const location = lots?.locations.get(locationId);
  if (lots === undefined || location === undefined) return [];
  const named = new Set(positions.map((position) => keyOf(lots, position)));
  return [...location.lots].flatMap(([lotId, { bins }]) =>
    [...bins]
      .filter(([binId]) => !named.has(keyOf(lots, { lotId, binId })))
      .map(([binId, units]) => positionChange(locationId, lotId, binId, -units)),
  );
}
