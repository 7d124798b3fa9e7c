import type { RecordedEvent } from '@holdfast/event-store';
import type { HoldPlaced, HoldReleased, HoldView as OpenHold } from '@holdfast/inventory';
import type { HoldStatus } from './hold.dto.js';
import type { HoldView } from './hold-view.dto.js';

/** A hold as its events say; times in epoch milliseconds. */
export interface HoldRecord extends Omit<HoldPlaced, 'type' | 'commandId' | 'held' | 'createdBy' | 'uncoveredUnits'> {
  readonly sku: string;
  readonly uncoveredUnits: number;
  readonly status: HoldStatus;
  readonly releasedUnits: number;
  readonly version: number;
  /** Subject of the credential that placed it. */
  readonly createdBy: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly releasedAt: number | null;
}

/** What the record needs of the stored event besides its fields. */
export type Recorded = Pick<RecordedEvent['metadata'], 'at' | 'actor'>;

export function placedRecord(sku: string, event: HoldPlaced, { at, actor }: Recorded): HoldRecord {
  const { type: _, commandId: __, held: ___, createdBy: ____, ...hold } = event;
  return {
    ...hold,
    sku,
    status: 'active',
    releasedUnits: 0,
    version: 1,
    createdBy: actor ?? null,
    createdAt: at,
    updatedAt: at,
    releasedAt: null,
  };
}

export function afterRelease(record: HoldRecord, { quantity = 0, openUnits }: HoldReleased, { at }: Recorded): HoldRecord {
  const isOver = openUnits === 0;
  return {
    ...record,
    status: isOver ? 'released' : 'partly_released',
    releasedUnits: record.releasedUnits + quantity,
    version: record.version + 1,
    updatedAt: at,
    releasedAt: isOver ? at : null,
  };
}

/** The hold whose units leave its location and stay held: all of them under its id, or a part that is a hold of its own from then on. */
export function afterDeparture(record: HoldRecord, { quantity = 0, movedTo }: HoldReleased, { at }: Recorded): readonly HoldRecord[] {
  const left = { ...record, version: record.version + 1, updatedAt: at };
  if (movedTo === undefined || movedTo === record.holdId) return [{ ...left, status: 'in_transit' }];
  const part = {
    ...record,
    holdId: movedTo,
    quantity,
    status: 'in_transit',
    releasedUnits: 0,
    version: 1,
    createdAt: at,
    updatedAt: at,
  } as const;
  return [{ ...left, quantity: (record.quantity ?? quantity) - quantity }, part];
}

/** The hold at the place where its units arrived. @param before it on its way, or the hold that the units were under before */
export function arrivedRecord(before: HoldRecord, { holdId, locationId, quantity = 0 }: HoldPlaced, { at }: Recorded): HoldRecord {
  const isItself = before.holdId === holdId;
  const released = isItself ? before.releasedUnits : 0;
  return {
    ...before,
    holdId,
    ...(locationId === undefined ? {} : { locationId }),
    quantity: quantity + released,
    releasedUnits: released,
    status: released === 0 ? 'active' : 'partly_released',
    version: isItself ? before.version : 1,
    createdAt: isItself ? before.createdAt : at,
    updatedAt: at,
    releasedAt: null,
  };
}

/** The hold whose units never arrived. */
export const afterLoss = (record: HoldRecord, { at }: Recorded): HoldRecord => ({
  ...record,
  status: 'released',
  updatedAt: at,
  releasedAt: at,
});

/** @param open the hold in the stream of its SKU; undefined for one that is over */
export function holdView(record: HoldRecord, open: OpenHold | undefined): HoldView {
  return {
    id: record.holdId,
    status: record.status,
    version: record.version,
    type: record.holdType,
    sku: record.sku,
    productMasterId: record.sku,
    locationId: record.locationId ?? null,
    lotId: record.lotId ?? null,
    quantity: record.quantity ?? null,
    quantityHeld: record.status === 'released' ? 0 : (open?.quantityHeld ?? 0),
    quantityReleased: record.releasedUnits,
    uncoveredPromises: record.uncoveredUnits,
    reason: record.reason ?? null,
    reference: record.reference ?? null,
    erpReference: record.erpReference ?? null,
    expectedReleaseAt: record.expectedReleaseAt === undefined ? null : new Date(record.expectedReleaseAt).toISOString(),
    createdBy: record.createdBy,
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    releasedAt: record.releasedAt === null ? null : new Date(record.releasedAt).toISOString(),
  };
}
