import type { Position } from '@holdfast/event-store';
import { holdViews, type HoldReleased, type ReleaseHold, type SkuState } from '@holdfast/inventory';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import { unknownSkus } from '@holdfast/platform';
import { reasonFault, type HoldLine, type ReasonCode } from '@holdfast/warehouse';
import type { ReasonCodes } from '../reason-codes/reason-codes.js';
import { adjustmentProblem } from '../adjustments/adjustment-refusals.js';
import { fieldFault } from '../adjustments/subject.js';
import { mustKnowLocation } from '../locations/must-know.js';
import type { PlaceHoldRequest, ReleaseHoldRequest } from './hold.dto.js';
import type { HoldList } from './hold-list.js';
import { holdPlaced, type HoldProcess } from './hold-process.js';
import { afterRelease, holdView, placedRecord, type HoldRecord } from './hold-record.js';
import { allRefused, holdProblem } from './hold-refusals.js';
import type { HoldAnswer, HoldView } from './hold-view.dto.js';
import { callAnswer, callCommand, holdIdOf, linesOf, placeCommand, type HoldOrder } from './placing.js';

export interface Answer<View> {
  readonly view: View;
  readonly position: Position;
}

export interface HoldsServiceParts {
  readonly process: HoldProcess;
  readonly ledger: SkuLedger;
  readonly locations: KnownLocations;
  readonly list: HoldList;
  readonly reasons: ReasonCodes;
}

/** Units that may not leave: placed by people, and released by people. */
export class HoldsService {
  constructor(private readonly parts: HoldsServiceParts) {}

  /** @throws Problem 400 for what cannot be, 404 `unknown_location`, `unknown_sku`, 409 `insufficient_stock` and others of the SKU */
  async place(request: PlaceHoldRequest, order: HoldOrder): Promise<Answer<HoldAnswer>> {
    const lines = linesOf(request);
    await this.mustKnow(order.tenant, lines, request.items !== undefined);
    const [line] = lines;
    return request.items === undefined && line !== undefined ? this.placeOne(request, line, order) : this.placeAll(request, lines, order);
  }

  /** @throws Problem 403 `own_hold`, 404 `unknown_hold`, 409 `quantity_exceeds_open`, `hold_released`, 412 `version_mismatch` */
  async release(request: ReleaseHoldRequest, order: HoldOrder): Promise<Answer<HoldView>> {
    const { tenant, actor, at } = order;
    const { holdId } = request;
    if (request.reasonCode !== undefined) mustAllow(request, await this.parts.reasons.find(tenant, request.reasonCode));
    const record = await this.parts.list.find(tenant, holdId);
    if (record === undefined) throw holdProblem({ code: 'unknown_hold', details: { holdId } });
    const { sku } = record;
    const outcome = await this.parts.ledger.execute({ tenant, sku }, releaseCommand(request, order), { actor });
    if (outcome.kind === 'refused')
      throw holdProblem(isForgotten(outcome, record) ? { ...outcome, code: 'hold_released' } : outcome, { sku, holdId });
    const { position } = outcome;
    const event = outcome.events.find((each): each is HoldReleased => each.type === 'HoldReleased');
    const open = holdViews(outcome.state).find((hold) => hold.holdId === holdId);
    // The row may be older than the event: the units that were released before are those that the hold does not name any more.
    const known = event === undefined ? await this.asOf(tenant, holdId, position) : afterRelease(before(record, event), event, { at });
    return { view: holdView({ ...known, version: versionIn(outcome.state, holdId) ?? known.version }, open), position };
  }

  private async placeOne(request: PlaceHoldRequest, line: HoldLine, order: HoldOrder): Promise<Answer<HoldAnswer>> {
    const { tenant, actor, at } = order;
    const { sku } = line;
    const outcome = await this.parts.ledger.execute({ tenant, sku }, placeCommand(request, line, order), { actor });
    if (outcome.kind === 'refused') throw holdProblem(outcome, { sku });
    const { position } = outcome;
    const holdId = holdIdOf(order);
    const event = holdPlaced(outcome.events);
    const open = holdViews(outcome.state).find((hold) => hold.holdId === holdId);
    const record = event === undefined ? await this.asOf(tenant, holdId, position) : placedRecord(sku, event, { at, actor });
    return { view: holdView(record, open), position };
  }

  private async placeAll(request: PlaceHoldRequest, lines: readonly HoldLine[], order: HoldOrder): Promise<Answer<HoldAnswer>> {
    const command = callCommand(request, lines, order);
    const known = await this.parts.process.run({ tenant: order.tenant, id: command.holdId }, command, order.actor);
    if ('kind' in known) throw holdProblem(known);
    const view = callAnswer(known);
    if (known.record.state.phase === 'refused') throw allRefused(view.lines);
    return { view, position: known.position };
  }

  /** What the same request did before its answer was lost. */
  private async asOf(tenant: string, holdId: string, position: Position): Promise<HoldRecord> {
    await this.parts.list.atLeast(position);
    const record = await this.parts.list.find(tenant, holdId);
    if (record === undefined) throw new Error(`the hold ${holdId} was placed and is not listed`);
    return record;
  }

  private async mustKnow(tenant: string, lines: readonly HoldLine[], isList: boolean): Promise<void> {
    const fields = new Map(lines.flatMap(({ locationId }, index) => (locationId === undefined ? [] : [[locationId, index] as const])));
    for (const [locationId, index] of fields) {
      await mustKnowLocation(this.parts.locations, tenant, `${isList ? `items[${index}].` : ''}locationId`, locationId);
    }
    const skus = [...new Set(lines.map(({ sku }) => sku))];
    const known = await Promise.all(skus.map(async (sku) => (await this.parts.ledger.read({ tenant, sku })).state.known));
    const unknown = skus.filter((_, index) => known[index] !== true);
    if (unknown.length > 0) throw unknownSkus(unknown);
  }
}

/** Undefined where the SKU has forgotten the hold, long after it was over. */
const versionIn = ({ detail }: SkuState, holdId: string): number | undefined => {
  const hold = detail?.holds.get(holdId) ?? detail?.endedHolds.get(holdId);
  return hold && hold.releaseIds.length + 1;
};

/** A SKU forgets the holds that are over for long. */
const isForgotten = ({ code }: { readonly code: string }, { status }: HoldRecord): boolean =>
  code === 'unknown_hold' && status === 'released';

const before = (record: HoldRecord, { quantity = 0, openUnits }: HoldReleased): HoldRecord =>
  record.quantity === undefined ? record : { ...record, releasedUnits: record.quantity - openUnits - quantity };

/** A reason code is for units that leave. */
function mustAllow({ disposition = 'to_stock', reasonCode, reason }: ReleaseHoldRequest, found: ReasonCode): void {
  if (disposition === 'to_stock') throw fieldFault('reasonCode', 'must be left out where the units go back to stock');
  const code = reasonFault(found, -1, reason);
  if (code !== undefined) throw adjustmentProblem({ code, details: { reasonCode, direction: found.direction } });
}

function releaseCommand(request: ReleaseHoldRequest, { at, commandId, person }: HoldOrder): ReleaseHold {
  const { holdId, quantity, disposition = 'to_stock', reasonCode, reason, expectedVersion } = request;
  return {
    type: 'ReleaseHold',
    at,
    commandId,
    holdId,
    disposition,
    releasedBy: person,
    ...(quantity === undefined ? {} : { quantity }),
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(reason === undefined ? {} : { reason }),
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  };
}
