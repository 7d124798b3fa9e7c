import type { PlaceHold } from '@holdfast/inventory';
import { parseTime } from '@holdfast/platform';
import type { HoldCallLine, HoldCallState, HoldLine, StartHoldCall } from '@holdfast/warehouse';
import { fieldFault, mustNameNoBin, skuNamed } from '../adjustments/subject.js';
import type { HoldLineRequest, PlaceHoldRequest } from './hold.dto.js';
import { lineHoldId, type KnownHoldCall } from './hold-process.js';
import type { HeldLineView, HoldAnswer } from './hold-view.dto.js';
import { holdProblem } from './hold-refusals.js';

export interface HoldOrder {
  readonly tenant: string;
  /** Subject of the credential. */
  readonly actor: string;
  /** The person behind it. */
  readonly person: string;
  readonly commandId: string;
  readonly requestHash: string;
  readonly at: number;
}

/** What is held: one line at the top, or several. @throws Problem 400 for what cannot be */
export function linesOf(request: PlaceHoldRequest): readonly HoldLine[] {
  const { items, sku, productMasterId, locationId, lotId, binId, quantity } = request;
  if (items === undefined) return [lineOf(request, '')];
  const top = Object.entries({ sku, productMasterId, locationId, lotId, binId, quantity }).find(([, value]) => value !== undefined)?.[0];
  if (top !== undefined) throw fieldFault(top, 'must be left out where `items` are sent');
  return items.map((item, index) => lineOf(item, `items[${index}].`));
}

function lineOf(named: HoldLineRequest, path: string): HoldLine {
  const sku = skuNamed(named, path);
  mustNameNoBin(named, path);
  const { locationId, lotId, quantity } = named;
  if (quantity !== undefined && locationId === undefined) {
    throw holdProblem({ code: 'location_required', details: { field: `${path}locationId` } });
  }
  return {
    sku,
    ...(locationId === undefined ? {} : { locationId }),
    ...(lotId === undefined ? {} : { lotId }),
    ...(quantity === undefined ? {} : { quantity }),
  };
}

type Why = Pick<PlaceHold, 'holdType' | 'reason' | 'reference' | 'erpReference' | 'expectedReleaseAt' | 'mayUncoverPromises'>;

function whyOf({ type, reason, reference, erpReference, expectedReleaseAt, mayUncoverPromises }: PlaceHoldRequest): Why {
  const expected = expectedReleaseAt === undefined ? undefined : parseTime(expectedReleaseAt);
  return {
    holdType: type,
    ...(reason === undefined ? {} : { reason }),
    ...(reference === undefined ? {} : { reference }),
    ...(erpReference === undefined ? {} : { erpReference }),
    ...(expected === undefined ? {} : { expectedReleaseAt: expected }),
    ...(mayUncoverPromises === undefined ? {} : { mayUncoverPromises }),
  };
}

export const holdIdOf = ({ commandId }: HoldOrder): string => `hold_${commandId}`;

/** The command of a hold on one SKU. */
export function placeCommand(request: PlaceHoldRequest, { sku: _, ...scope }: HoldLine, order: HoldOrder): PlaceHold {
  const { at, commandId, person } = order;
  return { type: 'PlaceHold', at, commandId, holdId: holdIdOf(order), ...whyOf(request), ...scope, createdBy: person };
}

/** The command of a call over several SKUs. */
export function callCommand(request: PlaceHoldRequest, lines: readonly HoldLine[], order: HoldOrder): StartHoldCall {
  const { at, commandId, actor, person, requestHash } = order;
  return { type: 'StartHoldCall', at, commandId, holdId: holdIdOf(order), ...whyOf(request), createdBy: actor, person, lines, requestHash };
}

/** What became of a call over several SKUs. */
export function callAnswer({
  record: { state, createdAt, updatedAt },
  revision,
}: KnownHoldCall): HoldAnswer & { lines: readonly HeldLineView[] } {
  if (state.phase === 'none' || state.phase === 'placing') throw new Error(`the call ${state.holdId} has not ended`);
  const lines = state.outcomes.map((outcome) => lineView(state, outcome));
  const sum = (units: (line: HeldLineView) => number): number => lines.reduce((total, line) => total + units(line), 0);
  return {
    id: state.holdId,
    // A call of which every line was refused is answered with 409.
    status: state.phase === 'placed' ? 'placed' : 'partly_placed',
    version: revision + 1,
    type: state.holdType,
    sku: null,
    productMasterId: null,
    locationId: null,
    lotId: null,
    quantity: null,
    quantityHeld: sum(({ quantityHeld }) => quantityHeld),
    quantityReleased: 0,
    uncoveredPromises: sum(({ uncoveredPromises }) => uncoveredPromises),
    reason: state.reason ?? null,
    reference: state.reference ?? null,
    erpReference: state.erpReference ?? null,
    expectedReleaseAt: state.expectedReleaseAt === undefined ? null : new Date(state.expectedReleaseAt).toISOString(),
    createdBy: state.createdBy,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    releasedAt: null,
    lines,
  };
}

function lineView(state: HoldCallState, { line, refusal, quantityHeld, uncoveredPromises }: HoldCallLine): HeldLineView {
  const { sku = '', locationId, quantity } = state.lines[line - 1] ?? {};
  const shared = {
    line,
    sku,
    productMasterId: sku,
    locationId: locationId ?? null,
    quantity: quantity ?? null,
    quantityHeld,
    uncoveredPromises,
  };
  return refusal === undefined
    ? { ...shared, status: 'held', holdId: lineHoldId(state.holdId, line) }
    : { ...shared, status: 'refused', holdId: null, ...refusal };
}
