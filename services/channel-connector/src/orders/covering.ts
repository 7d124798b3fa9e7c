import { availableUnits, isKeptByChannel, type SkuEvent, type SkuState, type Take } from '@holdfast/inventory';
import type { EarlierTools } from './earlier-reservation.js';
import { book } from './giving-back.js';
import { firstOf, uncoveredPlaces, unitsOf, type LinePart } from './line-parts.js';
import { idOf, type SoldLine } from './sold-order.js';

const ACTOR = 'channel order';

/** Units of a line that nothing covers, that their place does not lack any more. What it lacks still, it lacks for each order that waits there. */
export const arrivedSince = (state: SkuState, parts: readonly LinePart[]): readonly Take[] =>
  uncoveredPlaces(parts).flatMap(({ locationId, quantity }) => {
    const { onHand, held, reserved } = state.balances.get(locationId) ?? { onHand: 0, held: 0, reserved: 0 };
    const units = quantity - Math.min(quantity, Math.max(0, reserved - (onHand - held)));
    return units === 0 ? [] : [{ locationId, quantity: units }];
  });

/** Where units lie free that may cover the line, most first. @param locationIds that the order names; none where it names none */
export const freePlaces = (state: SkuState, locationIds: readonly string[], at: number): readonly Take[] =>
  (locationIds.length === 0 ? [...state.balances.keys()] : locationIds)
    .filter((locationId) => !isKeptByChannel(locationId))
    .map((locationId) => ({ locationId, quantity: availableUnits(state, locationId, at) }))
    .filter(({ quantity }) => quantity > 0)
    .sort((one, other) => other.quantity - one.quantity);

/**
 * Covers units of a line that were sold and not there by units that are free elsewhere: the sale is booked there, and then taken back where it
 * left units missing. In this sequence no unit is free at any moment that is owed. It is a fact as the sale was, so caps and floors have no
 * say; units that are promised to others stay. Done again with the same number it has no second effect.
 * @param units at most so many @param parts what was done for the line before
 */
export async function coverSold(
  tools: EarlierTools,
  line: SoldLine,
  { number, units, parts }: { readonly number: number; readonly units: number; readonly parts: readonly LinePart[] },
  past: readonly SkuEvent[],
): Promise<readonly LinePart[]> {
  const { state } = await tools.ledger.read({ tenant: line.tenant, sku: line.sku });
  const stepOf = (locationId: string): string => idOf(line, number, `covered from ${locationId}`);
  const taken = takenBefore([...state.balances.keys()], stepOf, past);
  for (const { locationId, quantity } of freePlaces(state, line.locationIds, tools.now())) {
    const rest = units - unitsOf(taken);
    if (rest === 0) break;
    if (taken.some((take) => take.locationId === locationId)) continue;
    const take = { locationId, quantity: Math.min(rest, quantity) };
    if (await isBookedThere(tools, line, stepOf(locationId), take)) taken.push(take);
  }
  if (taken.length === 0) return [];
  const takes = firstOf(uncoveredPlaces(parts), unitsOf(taken));
  await book(tools, line, { number, step: 'covered', takes, reasonCode: 'channel_sale', orderId: line.orderId }, past);
  return [
    { kind: 'sale', takes: taken, uncovered: 0 },
    { kind: 'cover', takes, covered: takes },
  ];
}

/** What this step took before its process died. */
const takenBefore = (locationIds: readonly string[], stepOf: (locationId: string) => string, past: readonly SkuEvent[]): Take[] =>
  locationIds.flatMap((locationId) => {
    const event = past.find((one) => one.type === 'StockAdjusted' && one.commandId === stepOf(locationId));
    return event?.type === 'StockAdjusted' ? [{ locationId, quantity: -event.delta }] : [];
  });

/** @returns false where the units were promised to others meanwhile */
async function isBookedThere(
  { ledger, now }: EarlierTools,
  { tenant, sku, channelId, orderId }: SoldLine,
  commandId: string,
  { locationId, quantity }: Take,
): Promise<boolean> {
  const at = now();
  const outcome = await ledger.execute(
    { tenant, sku },
    {
      type: 'AdjustStock',
      at,
      commandId,
      locationId,
      delta: -quantity,
      effectiveAt: at,
      reasonCode: 'channel_sale',
      reason: `covers units that channel ${channelId} sold and that were missing elsewhere`,
      orderId,
    },
    { actor: ACTOR },
  );
  return outcome.kind === 'accepted';
}
