import { datedAt } from './between-lots.js';
import type { ReceivedPosition } from './commands.js';
import type { LotExpiryChanged } from './events.js';
import { findLot } from './positions.js';
import type { LotStock } from './state.js';

/**
 * The dates that a fact says of known lots which have none, or a later one: the lower promise is right. A later date changes nothing. Where
 * a lot is expired sooner than the new date says, as by a person's mark, it stays so.
 */
export function earlierDates(
  lots: LotStock,
  { locationId, commandId }: { readonly locationId: string; readonly commandId: string },
  named: readonly ReceivedPosition[],
): readonly LotExpiryChanged[] {
  const events = new Map<string, LotExpiryChanged>();
  for (const { lotId: asked, expiryDate, expiresAt } of named) {
    const lot = asked === undefined ? undefined : findLot(lots, asked);
    if (lot === undefined || expiryDate === undefined || expiresAt === undefined) continue;
    const { lotId } = lot;
    const known = events.get(lotId)?.expiryDate ?? lot.expiryDate;
    if (known !== undefined && known <= expiryDate) continue;
    const lies = [...lots.locations].filter(([, there]) => there.lots.has(lotId)).map(([place]) => place);
    const said = datedAt({ expiryDate, expiresAt: [{ locationId, expiresAt }] }, new Set([...lot.expiresAt.keys(), ...lies]));
    const instants = said.expiresAt.map((instant) => ({
      ...instant,
      expiresAt: Math.min(instant.expiresAt, lot.expiresAt.get(instant.locationId) ?? Number.POSITIVE_INFINITY),
    }));
    events.set(lotId, { type: 'LotExpiryChanged', commandId, lotId, ...said, expiresAt: instants });
  }
  return [...events.values()];
}
