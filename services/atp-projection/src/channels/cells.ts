import { availableOf, channelAtp, severity } from '@holdfast/inventory';
import type { ChannelRow, ItemRow, StockRow } from '@holdfast/read-model';
import type { AtpStepView, ChannelCellView, ChannelView, DrilldownCellView, MatrixProductView } from './matrix.dto.js';

export function cellOf(row: StockRow, channel: ChannelRow): ChannelCellView {
  const available = availableOf(row);
  const atp = channelAtp(available, row.safetyStock, channel);
  return {
    channelId: channel.channelId,
    channelName: channel.name,
    atp,
    onHand: row.onHand,
    reserved: row.reserved,
    available,
    severity: severity(atp, channel),
    threshold: channel.lowThreshold,
    policyId: channel.policyId,
  };
}

export function productOf(row: ItemRow, channels: readonly ChannelRow[]): MatrixProductView {
  const cells = channels.map((channel) => cellOf(row, channel));
  // Without a channel nothing is promised to one; what could be is on hand, less promises and safety stock.
  const figures = cells.length > 0 ? cells.map(({ atp }) => atp) : [Math.max(0, row.onHand - row.reserved - row.safetyStock)];
  return {
    productMasterId: row.sku,
    productName: row.name ?? row.sku,
    globalSku: row.sku,
    categoryName: row.category,
    channels: cells,
    totalOnHand: row.onHand,
    totalReserved: row.reserved,
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

/** The steps from on hand down to ATP; the last `left` is the ATP. */
export function stepsOf(row: StockRow, channel: ChannelRow): readonly AtpStepView[] {
  const spare = row.onHand - row.reserved - row.safetyStock;
  const afterBuffers = Math.floor((spare * (100 - channel.bufferPercent)) / 100 - channel.bufferUnits);
  const changes: readonly (readonly [string, number])[] = [
    ['onHand', row.onHand],
    ['reserved', -row.reserved],
    ['safetyStock', -row.safetyStock],
    ['bufferPercent', afterBuffers + channel.bufferUnits - spare],
    ['bufferUnits', -channel.bufferUnits],
    ['neverBelowZero', Math.max(0, -afterBuffers)],
  ];
  let left = 0;
  // Without the sum, minus zero would show.
  return changes.map(([step, units]) => ({ step, units: units + 0, left: (left += units) }));
}

export const drilldownCell = (row: StockRow, channel: ChannelRow): DrilldownCellView => ({
  ...cellOf(row, channel),
  bufferUnits: channel.bufferUnits,
  bufferPercent: channel.bufferPercent,
  criticalThreshold: channel.criticalThreshold,
  steps: stepsOf(row, channel),
});
