import type { BodyOf } from '@holdfast/client';
import { present } from '../../app/present.js';

type Correction = BodyOf<'lots.correct'>;
export type CorrectionType = Correction['type'];

export const TYPES: readonly CorrectionType[] = ['assign', 'reassign', 'split', 'merge', 'rename', 'change_expiry', 'settle'];

/** As typed. */
export interface TypedCorrection {
  readonly sku: string;
  readonly locationId: string;
  readonly lotId: string;
  readonly fromLotId: string;
  readonly toLotId: string;
  readonly quantity: string;
  readonly expiryDate: string;
  readonly reasonCode: string;
  readonly reason: string;
  readonly mayUncoverPromises: boolean;
}

export type LotField = 'locationId' | 'lotId' | 'fromLotId' | 'toLotId' | 'quantity' | 'expiryDate';

/** What each type asks for, in the order in which it is asked. */
export const ASKED: Readonly<Record<CorrectionType, readonly LotField[]>> = {
  assign: ['locationId', 'lotId', 'quantity', 'expiryDate'],
  reassign: ['locationId', 'fromLotId', 'toLotId', 'quantity'],
  split: ['locationId', 'fromLotId', 'toLotId', 'quantity'],
  merge: ['locationId', 'fromLotId', 'toLotId', 'quantity'],
  rename: ['lotId', 'toLotId'],
  change_expiry: ['lotId', 'expiryDate'],
  settle: ['locationId'],
};

/** May be left empty: a lot without a date, or all units. */
export const isOptional = (type: CorrectionType, field: LotField): boolean =>
  field === 'expiryDate' || (type === 'merge' && field === 'quantity');

/** The request: nothing of a field that the type does not ask for. */
export function correctionOf(type: CorrectionType, typed: TypedCorrection): Correction {
  const asked = (field: LotField): string | undefined => (ASKED[type].includes(field) ? typed[field].trim() : undefined);
  const quantity = asked('quantity');
  const moves = ASKED[type].includes('locationId');
  return {
    type,
    sku: typed.sku.trim(),
    ...present({
      locationId: asked('locationId'),
      lotId: asked('lotId'),
      fromLotId: asked('fromLotId'),
      toLotId: asked('toLotId'),
      quantity: quantity === undefined || quantity === '' ? undefined : Number(quantity),
      expiryDate: asked('expiryDate'),
      reason: typed.reason.trim(),
      reasonCode: moves ? typed.reasonCode : undefined,
    }),
    ...(type === 'change_expiry' && typed.expiryDate === '' ? { withoutExpiry: true } : {}),
    ...(moves && typed.mayUncoverPromises ? { mayUncoverPromises: true } : {}),
  };
}
