import { channelAtp, isKeptByChannel, type ChannelPolicy, type SkuState } from '@holdfast/inventory';
import type { FigureToMeet } from './figures-to-meet.js';

/**
 * The units that on hand at the location must change by, so that the channel's ATP over the counted locations becomes the figure: the least such
 * change. Where other locations alone already give more, the location is brought to where it gives nothing.
 */
export function onHandChange({ figure, locationId, counted }: FigureToMeet, state: SkuState, policy: ChannelPolicy): number {
  const here = state.balances.get(locationId) ?? { onHand: 0, reserved: 0, safetyStock: 0, held: 0 };
  const elsewhere = [...state.balances]
    .filter(([other]) => other !== locationId && !isKeptByChannel(other) && (counted?.includes(other) ?? true))
    .reduce((sum, [, { onHand, held, reserved, safetyStock }]) => sum + channelAtp(onHand - held - reserved, safetyStock, policy), 0);
  const needed = Math.max(0, figure - elsewhere);
  const available = here.onHand - here.held - here.reserved;
  const now = channelAtp(available, here.safetyStock, policy);
  if (now === needed) return 0;
  // The function grows by at most one with each unit, so stepping from an estimate ends at once.
  const share = (100 - policy.bufferPercent) / 100;
  if (share <= 0) return 0;
  let wanted = Math.round(here.safetyStock + (needed + policy.bufferUnits) / share);
  const gives = (units: number): number => channelAtp(units, here.safetyStock, policy);
  if (needed > now) {
    while (gives(wanted) < needed) wanted += 1;
    while (gives(wanted - 1) >= needed) wanted -= 1;
  } else {
    while (gives(wanted) > needed) wanted -= 1;
    while (gives(wanted + 1) <= needed && wanted < available) wanted += 1;
  }
  return wanted - available;
}
