import type { BookedLine, CountEvent, CountedBook, CountLine, HeldLine, JudgedLine, RecordedCount } from '@holdfast/warehouse';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import { flag, identifier, instant, listOf, madeId, oneOfStrings, signedUnits, text, units } from './primitives.js';

type OfType<Type extends CountEvent['type']> = Extract<CountEvent, { readonly type: Type }>;

const lineId = madeId('Line of the batch.');
const by = text('Who did it.', 300);
const entry: ReturnType<typeof units> = units('Index of the count of the line, from 0.');
const minor = (description: string) => units(`${description}, in minor units of the currency.`);

const line = objectOf<CountLine>({
  lineId,
  sku: identifier('Stock keeping unit.'),
  lotId: { optional: identifier('Only what is of the lot.') },
  binId: { optional: identifier('Only what lies in the bin.') },
  expiryDate: { optional: text('Of the lot.', 10) },
  class: oneOfStrings('ABC class when the line was made.', ['A', 'B', 'C']),
  tolerancePct: { type: 'number', description: 'Percent of the recorded stock that a difference may be.', minimum: 0, maximum: 100 },
  valueLimitMinor: { optional: minor('Most value of a difference within tolerance') },
  costMinor: { optional: minor('Cost of one unit') },
});
const book = objectOf<CountedBook>({
  revision: { type: 'integer', description: "Newest event of the SKU's stream that the figures reflect.", minimum: -1 },
  units: signedUnits('On hand as of the time of the count.'),
  reservedUnits: units('Reserved then.'),
  unpickedUnits: units('Sold then and perhaps not picked.'),
  staleBy: { optional: oneOfStrings('A later fact that was known already.', ['level', 'count']) },
});
const picked = { optional: units('Reserved units that were off the shelf.') };
const awaitingPick = { optional: units('Sold units that were still on the shelf.') };
const count = objectOf<RecordedCount>({
  lineId,
  quantity: units('Units counted.'),
  countedAt: instant('When.'),
  book: { ...book, description: 'What was recorded of the SKU as of then.' },
  pickedUnits: picked,
  awaitingPickUnits: awaitingPick,
});
const judged = objectOf<JudgedLine>({
  lineId,
  outcome: oneOfStrings('What becomes of the line; an accepted one is booked next.', ['accept', 'review', 'recount', 'reject', 'stale']),
  entry,
  book: signedUnits('On hand as of the time of the count, as known when it was judged.'),
  variance: signedUnits('The difference of the count.'),
  within: flag('Whether it is within tolerance.'),
  unassigned: { optional: signedUnits('Units recorded in no lot or bin that no line of the SKU found.') },
  pickedUnits: picked,
  awaitingPickUnits: awaitingPick,
  reasonCode: { optional: text('Why, as a code.', 100) },
  reason: { optional: text('Why, in words.') },
});
const booked = objectOf<BookedLine>({
  lineId,
  entry,
  delta: { optional: signedUnits('Change of on hand; missing when the count became stale before it was booked.') },
  unassigned: { optional: signedUnits('Units recorded in no lot or bin that were written off besides.') },
  onHand: signedUnits('On hand afterwards.'),
});

const held = objectOf<HeldLine>({
  lineId,
  sku: identifier('Stock keeping unit.'),
  held: flag('False where the SKU refused another hold.'),
});

/** Fields of every event of a `count-{tenant}.{batchId}` stream. */
export const countEventFields: { readonly [Type in CountEvent['type']]: Fields<OfType<Type>> } = {
  CountBatchCreated: {
    batchId: madeId('Batch.'),
    locationId: identifier('Where is counted.'),
    name: { optional: text('Name that a person gave it.') },
    blind: flag('Counters see neither the recorded stock nor the counts of others.'),
    freeze: { optional: flag('The stock of each line is held until the line is decided.') },
    complete: { optional: flag('The lines are all lots and bins of their SKUs; what is recorded in none is missing.') },
    assignedTo: { optional: text('Who is to count.', 300) },
    autoAccept: flag('Differences within tolerance are accepted when the counts are submitted.'),
    postedBack: flag('The ERP is told of the differences and posts them under the batch.'),
    createdBy: text('Who created it.', 300),
    lines: listOf(line, 'One line a SKU.'),
    requestHash: madeId('Of the request; a repeat carries the same.'),
  },
  CountStarted: { by },
  CountsRecorded: { by, counts: listOf(count, 'What was counted.') },
  CountLineAdded: { by, line, commandId: madeId('Command that added it.') },
  CountLineRemoved: { by, lineId },
  CountSubmitted: { by, lines: listOf(judged, 'What becomes of each counted line.') },
  CountLinesResolved: { by, lines: listOf(judged, 'What was decided on each line.') },
  CountLinesBooked: { lines: listOf(booked, 'What was booked.') },
  CountStockHeld: { lines: listOf(held, 'What is held.') },
  CountStockReleased: { lines: listOf(lineId, 'Lines whose hold ended.') },
  CountBatchCancelled: { by },
};
