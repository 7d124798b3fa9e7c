import { availableOf, boundOfChannel, channelAtp, isKeptByChannel, severity } from '@holdfast/inventory';
import type { ChannelRow, ItemRow } from '@holdfast/read-model';
import type { AtpStepView, ChannelCellView, ChannelView, DrilldownCellView, MatrixProductView } from './matrix.dto.js';

export function cellOf(row: ItemRow, channel: ChannelRow): ChannelCellView {
  const available = availableOf(row);
  const atp = Math.min(channelAtp(available, row.safetyStock, channel), mostOf(row, channel));
  return {
    channelId: channel.channelId,
    channelName: channel.name,
    atp,
    onHand: row.onHand,
    reserved: row.reserved,
    held: row.held,
    available,
    severity: severity(atp, channel),
    threshold: channel.lowThreshold,
    policyId: channel.policyId,
  };
}

export function productOf(row: ItemRow, channels: readonly ChannelRow[]): MatrixProductView {
  const cells = channels.map((channel) => cellOf(row, channel));
  // Without a channel nothing is promised to one; what could be is on hand, less held units, promises and safety stock.
  const figures = cells.length > 0 ? cells.map(({ atp }) => atp) : [Math.max(0, row.onHand - row.held - row.reserved - row.safetyStock)];
  return {
    productMasterId: row.sku,
    productName: row.name ?? row.sku,
    globalSku: row.sku,
    categoryName: row.category,
    channels: cells,
    totalOnHand: row.onHand,
    totalReserved: row.reserved,
    totalHeld: row.held,
    minAtp: Math.min(...figures),
    maxAtp: Math.max(...figures),
    hasCritical: cells.some((cell) => cell.severity === 'CRITICAL'),
  };
}

export const channelView = (channel: ChannelRow): ChannelView => ({
  channelId: channel.channelId,
  channelName: channel.name,
  channelType: channel.channelType,
  policyId: channel.policyId,
  lowAtpThreshold: channel.lowThreshold,
});

/** A channel sells no more from one location than it may over all of them, and nothing of what a channel keeps itself. */
const mostOf = (row: ItemRow, { channelId }: ChannelRow): number =>
  isKeptByChannel(row.locationId)
    ? 0
    : ((Object.hasOwn(row.channelAtp, channelId) ? row.channelAtp[channelId] : undefined) ?? Number.POSITIVE_INFINITY);

/** The rule that leaves the channel less over all locations than there is at this one. */
function bindingStep({ limits, locationId }: ItemRow, { channelId }: ChannelRow): string {
  if (isKeptByChannel(locationId)) return 'keptByChannel';
  const code = limits === null ? undefined : boundOfChannel(limits, channelId).code;
  if (code === 'channel_cap') return 'channelCap';
  return code === 'protected_for_channels' ? 'protectedForChannels' : 'owedElsewhere';
}

/** The steps from on hand down to ATP; the last `left` is the ATP. */
export function stepsOf(row: ItemRow, channel: ChannelRow): readonly AtpStepView[] {
  const spare = row.onHand - row.held - row.reserved - row.safetyStock;
  const afterBuffers = Math.floor((spare * (100 - channel.bufferPercent)) / 100 - channel.bufferUnits);
  const most = mostOf(row, channel);
  const changes: readonly (readonly [string, number])[] = [
    ['onHand', row.onHand],
    ...(row.held === 0 ? [] : [['held', -row.held] as const]),
    ['reserved', -row.reserved],
    ['safetyStock', -row.safetyStock],
    ['bufferPercent', afterBuffers + channel.bufferUnits - spare],
    ['bufferUnits', -channel.bufferUnits],
    ['neverBelowZero', Math.max(0, -afterBuffers)],
    ...(most < afterBuffers ? [[bindingStep(row, channel), most - afterBuffers] as const] : []),
  ];
  let left = 0;
  // Without the sum, minus zero would show.
  return changes.map(([step, units]) => ({ step, units: units + 0, left: (left += units) }));
}

export const drilldownCell = (row: ItemRow, channel: ChannelRow): DrilldownCellView => ({
  ...cellOf(row, channel),
  bufferUnits: channel.bufferUnits,
  bufferPercent: channel.bufferPercent,
  criticalThreshold: channel.criticalThreshold,
  steps: stepsOf(row, channel),
});
