import type { BackorderPolicy, InboundArrival, WaitingUnits } from '@holdfast/inventory';
import { objectOf } from './fields.js';
import { identifier, instant, listOf, units } from './primitives.js';

export const reference = identifier('Purchase order or delivery of a supplier.');
export const arrival = objectOf<InboundArrival>({
  reference,
  quantity: units('Units of it that arrived.'),
  excess: { optional: units('Units that came beyond those of the delivery.', 1) },
});
export const backorders = objectOf<BackorderPolicy>({
  units: units('Most units that may wait at once.'),
  graceMs: { type: 'integer', description: 'A delivery so many milliseconds later than expected counts as not coming.', minimum: 0 },
  channels: { optional: listOf(identifier('Channel.'), 'Only reservations of these may wait; any where missing.') },
});
export const waiting = objectOf<WaitingUnits>({
  quantity: units('Units that wait.', 1),
  expectedAt: instant('When the last of them was expected as the promise was made.'),
  ttlMs: { type: 'integer', description: 'How many milliseconds the units are held once all are there.', minimum: 1 },
  locationIds: {
    optional: listOf(identifier('Location whose balance changes.'), 'Only these locations may serve them; any where missing.'),
  },
});
