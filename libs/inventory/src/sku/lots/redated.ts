import { accept } from '../../decision.js';
import { isRepeatedCommand } from '../recent.js';
import type { SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { RedatedInstant, RedatedLot, RedateLots } from './commands.js';
import type { LotExpiryChanged } from './events.js';
import type { Lot, LotStock } from './state.js';

/** Decides the instants of lots anew, by their dates. Where a person marked a lot as expired it stays so. */
export function redateLots(state: SkuState, command: RedateLots): SkuDecision {
  const { commandId, removalDays, reason } = command;
  const lots = state.detail?.lots;
  if (lots === undefined || isRepeatedCommand(state, commandId) || removalDays !== (state.description.removalDays ?? 0)) return accept();
  const why = reason === undefined ? {} : { reason };
  return accept(...command.lots.flatMap((lot) => redated(lots, lot).map((event) => ({ ...event, commandId, ...why }))));
}

function redated({ lots }: LotStock, { lotId, expiryDate, instants }: RedatedLot): readonly Omit<LotExpiryChanged, 'commandId'>[] {
  const lot = lots.get(lotId);
  if (lot === undefined || lot.expiryDate !== expiryDate) return [];
  const changed = new Map(instants.filter((instant) => isChanged(lot, instant)).map((instant) => [instant.locationId, instant.expiresAt]));
  if (changed.size === 0) return [];
  const expiresAt = [...lot.expiresAt].map(([locationId, was]) => ({ locationId, expiresAt: changed.get(locationId) ?? was }));
  return [{ type: 'LotExpiryChanged', lotId, expiryDate, expiresAt }];
}

const isChanged = (lot: Lot, { locationId, was, expiresAt }: RedatedInstant): boolean =>
  was !== expiresAt && lot.expiresAt.get(locationId) === was && !lot.marked.has(locationId);
