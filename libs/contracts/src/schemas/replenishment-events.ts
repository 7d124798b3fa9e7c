import type { Because, NewOrder, ReplenishmentEvent, ReplenishmentRule, ReplenishmentSource } from '@holdfast/warehouse';
import { objectOf, optional, type Fields } from './fields.js';
import type { NumberSchema } from './json-schema.js';
import { identifier, instant, madeId, oneOfStrings, signedUnits, text, units } from './primitives.js';

type OfType<Type extends ReplenishmentEvent['type']> = Extract<ReplenishmentEvent, { readonly type: Type }>;

const METHODS = ['min_max', 'reorder_point', 'periodic'];

const number = (description: string, minimum = 0): NumberSchema => ({ type: 'number', description, minimum });

const source = objectOf<ReplenishmentSource>(
  {
    kind: oneOfStrings('How units come.', ['transfer', 'purchase']),
    locationId: optional(identifier('The location that gives, of a transfer.')),
    supplierId: optional(identifier('The supplier, of a purchase.')),
  },
  { description: 'Where the units come from.' },
);

const rule = objectOf<ReplenishmentRule>(
  {
    method: oneOfStrings('When units are ordered.', METHODS),
    min: optional(units('At or below it units are ordered, by `min_max`.')),
    max: optional(units('Up to it units are ordered.')),
    reorderPoint: optional(units('At or below it units are ordered, by `reorder_point`.')),
    orderUpTo: optional(units('Up to it units are ordered, whatever was computed.')),
    safetyStock: optional(units('In the place of the computed safety stock.')),
    leadTimeDays: number('Days from the order to the arrival.'),
    leadTimeStdDays: number('Standard deviation of the lead time, in days.'),
    reviewPeriodDays: optional(number('Days between two reviews, of `periodic`.')),
    serviceLevel: number('Share of cycles without a stockout.'),
    packSize: units('Orders are multiples of it.', 1),
    minOrderQuantity: units('Least units of an order.'),
    maxOrderQuantity: optional(units('Most units of an order.')),
    source,
    mode: oneOfStrings('Who approves an order.', ['suggest', 'approve', 'auto']),
  },
  { description: 'How the SKU is replenished at the location.' },
);

const because = objectOf<Because>(
  {
    method: oneOfStrings('Of the rule, or `manual`.', [...METHODS, 'manual']),
    position: signedUnits('Units that are there or on their way, less those that are spoken for.'),
    reorderPoint: optional(units('Of the rule.')),
    target: optional(units('Up to which units are ordered.')),
    need: signedUnits('Target less position.'),
    packSize: units('Of the rule.', 1),
    onHand: signedUnits('On hand.'),
    reserved: signedUnits('Reserved.'),
    held: signedUnits('That may not leave.'),
    waiting: signedUnits('Of reservations that wait for supply.'),
    inbound: signedUnits('Of open deliveries and in transit to here.'),
    open: signedUnits('Of approved replenishment and requests that are neither shipped nor announced.'),
    dailyUse: { type: 'number', description: 'Mean, in units a day.' },
    daysOfData: units('Days that daily use rests on.'),
    shortAtSource: units('Units that the source could not spare.'),
  },
  { description: 'The figures that the order rests on, in units.' },
);

const orderId = madeId('Order.');
const by = madeId('Who decided it.');
const reason = optional(text('What the person wrote.'));

const order = objectOf<NewOrder>(
  {
    orderId,
    status: oneOfStrings('`approved` where the rule or the person ordered at once.', ['suggested', 'approved']),
    quantity: units('Units.', 1),
    source,
    because,
    by,
    dueAt: optional(instant('The review date that it is for.')),
    leadTimeDays: number('Days until the units arrive.'),
  },
  { description: 'The order that was begun.' },
);

/** Fields of every event of a `replrule-{tenant}.{sku}.{locationId}` stream. */
export const replenishmentEventFields: { readonly [Type in ReplenishmentEvent['type']]: Fields<OfType<Type>> } = {
  ReplenishmentRuleSet: {
    sku: identifier('Stock keeping unit.'),
    locationId: identifier('Where it is replenished.'),
    rule,
    by,
    nextReviewAt: optional(instant('The next review, of a periodic rule.')),
  },
  ReplenishmentEvaluated: {
    supersededId: optional(madeId('The suggestion that is no longer valid.')),
    order: optional(order),
    nextReviewAt: optional(instant('The next review, where this was one.')),
  },
  ReplenishmentRequested: {
    sku: identifier('Stock keeping unit.'),
    locationId: identifier('Where it is replenished.'),
    order,
    requestHash: madeId('Of the request; a repeat carries the same.'),
  },
  ReplenishmentApproved: { orderId, quantity: units('Units as approved.', 1), by, reason },
  ReplenishmentRejected: { orderId, by, reason },
  ReplenishmentPlaced: { orderId, transferId: optional(madeId('The transfer that the order became.')) },
  ReplenishmentStarted: { orderId },
  ReplenishmentReceived: { orderId },
  ReplenishmentCancelStarted: { orderId, by, reason },
  ReplenishmentCancelled: { orderId },
};
