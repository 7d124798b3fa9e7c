import type { AdjustmentEvent, AdjustmentLine, AdjustedLine, AdjustedLineRefusal } from '@holdfast/warehouse';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import { flag, identifier, instant, listOf, madeId, signedUnits, text } from './primitives.js';

type OfType<Type extends AdjustmentEvent['type']> = Extract<AdjustmentEvent, { readonly type: Type }>;

const line = objectOf<AdjustmentLine>({
  sku: identifier('Stock keeping unit.'),
  delta: signedUnits('Units more, or below 0 fewer.'),
  lotId: { optional: identifier('Lot of the units.') },
  binId: { optional: identifier('Bin of the units.') },
});
const refusal = objectOf<AdjustedLineRefusal>(
  {
    code: text('Why, as a code.', 100),
    requested: { optional: signedUnits('Units to take.') },
    available: { optional: signedUnits('Units that could have been taken.') },
    laterAt: { optional: instant('Time of the later fact that the line stands against.') },
  },
  { description: 'Why the line was refused; missing where it was applied.' },
);
const outcome = objectOf<AdjustedLine>({
  line: { type: 'integer', description: 'Line, from 1.', minimum: 1 },
  refusal: { optional: refusal },
  quantityOnHand: signedUnits('On hand at the location afterwards.'),
  quantityAvailable: signedUnits('Of these, free.'),
});

/** Fields of every event of an `adjustment-{tenant}.{adjustmentId}` stream. */
export const adjustmentEventFields: { readonly [Type in AdjustmentEvent['type']]: Fields<OfType<Type>> } = {
  AdjustmentStarted: {
    adjustmentId: madeId('Adjustment.'),
    locationId: identifier('Where the units lie.'),
    reasonCode: text('Why, as a code.', 100),
    countsAsUse: { optional: flag('The reason is one of the tenant whose units count as use.') },
    reason: { optional: text('Why, in words.') },
    reference: { optional: text('Name that the caller gave it.') },
    effectiveAt: { optional: instant('When the units changed; the moment of each line where missing.') },
    mayUncoverPromises: { optional: flag('Whether lines may take units that are promised.') },
    createdBy: text('Who asked for it.', 300),
    lines: listOf(line, 'What changes, in order.'),
    requestHash: madeId('Of the request; a repeat carries the same.'),
  },
  AdjustmentCompleted: { outcomes: listOf(outcome, 'What became of each line, in order.') },
};
