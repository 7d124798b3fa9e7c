import { PLACEMENT_REASONS, type ClaimOutcome, type MoveLine, type MoveOutcome, type PlannedLine } from '@holdfast/warehouse';
import type { PutAwayEvent, PutAwayRefusal } from '@holdfast/warehouse';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import { flag, identifier, listOf, madeId, oneOfStrings, text, units } from './primitives.js';

type OfType<Type extends PutAwayEvent['type']> = Extract<PutAwayEvent, { readonly type: Type }>;

const claimId = madeId('Claim in the stream of the bin.');
const refusal = objectOf<PutAwayRefusal>(
  {
    code: text('Why, as a code.', 100),
    free: { optional: units('Units that still fit into the bin.') },
    available: { optional: units('Units that lie where they were to be taken from.') },
  },
  { description: 'Why the bin or the SKU refused.' },
);
const planned = objectOf<PlannedLine>({
  claimId,
  binId: identifier('Bin.'),
  quantity: units('Units for it.', 1),
  because: oneOfStrings('Why this bin.', PLACEMENT_REASONS),
});
const claimed = objectOf<ClaimOutcome>({ claimId, quantity: units('Units that the bin gave space for.'), refusal: { optional: refusal } });
const move = objectOf<MoveLine>({ claimId, quantity: units('Units that were put into the bin.', 1) });
const moved = objectOf<MoveOutcome>({ claimId, quantity: units('Units.', 1), refusal: { optional: refusal } });
const moveId = madeId('Move; a repeat carries the same.');
const by = text('Subject of the credential that says so.', 300);

/** Fields of every event of a `putaway-{tenant}.{taskId}` stream. */
export const putAwayEventFields: { readonly [Type in PutAwayEvent['type']]: Fields<OfType<Type>> } = {
  PutAwayStarted: {
    taskId: madeId('Task.'),
    sku: identifier('Stock keeping unit.'),
    lotId: { optional: identifier('Lot.') },
    locationId: identifier('Location.'),
    fromBinId: { optional: identifier('Bin that the units lie in; in none where missing.') },
    toBinId: { optional: identifier('Bin that the caller named.') },
    quantity: units('Units.', 1),
    reference: { optional: text('Name that the caller gave it.') },
    createdBy: text('Subject of the credential that asked for it.', 300),
    requestHash: madeId('Of the request; a repeat carries the same.'),
  },
  PutAwayPlanned: { lines: listOf(planned, 'Bins that are asked for space.') },
  PutAwayClaimed: {
    outcomes: listOf(claimed, 'What each bin answered.'),
    isLast: flag('Whether no further bins are looked for.'),
  },
  PutAwayAssigned: {
    assignedTo: { description: 'Who is to do it; null for nobody.', oneOf: [text('Person.', 300), { type: 'null' }] },
  },
  PutAwayMoveStarted: { moveId, lines: listOf(move, 'Units that were put into their bins.'), by },
  PutAwayMoved: { moveId, outcomes: listOf(moved, 'What the SKU answered for each line.') },
  PutAwayCancelStarted: { by },
  PutAwayCancelled: {},
};
