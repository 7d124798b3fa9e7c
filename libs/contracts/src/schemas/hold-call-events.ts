import { HOLD_TYPES } from '@holdfast/inventory';
import type { HoldCallLine, HoldCallRefusal, HoldCallEvent, HoldLine } from '@holdfast/warehouse';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import { flag, identifier, instant, listOf, madeId, oneOfStrings, signedUnits, text, units } from './primitives.js';

type OfType<Type extends HoldCallEvent['type']> = Extract<HoldCallEvent, { readonly type: Type }>;

const line = objectOf<HoldLine>({
  sku: identifier('Stock keeping unit.'),
  locationId: { optional: identifier('Where units are held; everywhere where missing.') },
  lotId: { optional: identifier('Only units of this lot.') },
  quantity: { optional: units('Units; all of the location where missing.', 1) },
});
const refusal = objectOf<HoldCallRefusal>(
  {
    code: text('Why, as a code.', 100),
    requested: { optional: signedUnits('Units to hold.') },
    available: { optional: signedUnits('Units that were free.') },
  },
  { description: 'Why the line was refused; missing where it is held.' },
);
const outcome = objectOf<HoldCallLine>({
  line: { type: 'integer', description: 'Line, from 1.', minimum: 1 },
  refusal: { optional: refusal },
  quantityHeld: units('Units on hand that the hold of the line keeps.'),
  uncoveredPromises: units('Promised units that are no longer covered because of it.'),
});

/** Fields of every event of a `hold-{tenant}.{holdId}` stream. */
export const holdCallEventFields: { readonly [Type in HoldCallEvent['type']]: Fields<OfType<Type>> } = {
  HoldCallStarted: {
    holdId: madeId('Call; the hold of line 2 is `{holdId}~2` in the stream of its SKU.'),
    holdType: oneOfStrings('Why units may not leave.', HOLD_TYPES),
    reason: { optional: text('Why, in words.') },
    reference: { optional: text('Name that the caller gave it.') },
    erpReference: { optional: text('Document of the ERP that blocks the same units.', 200) },
    expectedReleaseAt: { optional: instant('When the release is expected; information only.') },
    mayUncoverPromises: { optional: flag('Whether lines may hold units that are promised.') },
    createdBy: text('Subject of the credential that asked for it.', 300),
    person: text('The person behind it.', 300),
    lines: listOf(line, 'What is held, in order.'),
    requestHash: madeId('Of the request; a repeat carries the same.'),
  },
  HoldCallCompleted: { outcomes: listOf(outcome, 'What became of each line, in order.') },
};
