import type { SkuState } from '@holdfast/inventory';
import { isReplenishmentTerminal, type ReplenishmentOrder, type ReplenishmentState } from './state.js';
import { hasShipped } from './stock-figures.js';

/** Orders that have not ended. */
export const unended = ({ orders }: ReplenishmentState): readonly ReplenishmentOrder[] =>
  orders.filter(({ status }) => !isReplenishmentTerminal(status));

/**
 * Units of approved orders that are in no figure of the SKU yet. An order leaves in the step in which its units become inbound: a delivery
 * when it is announced, a transfer when it is shipped.
 * @param visibleOrderIds orders whose units the figures contain
 */
export function openUnits({ orders }: ReplenishmentState, visibleOrderIds: readonly string[]): number {
  const visible = new Set(visibleOrderIds);
  return orders.reduce((units, order) => units + (isOpen(order) && !visible.has(order.orderId) ? order.quantity : 0), 0);
}

/** An announced delivery is a fact of its SKU, also after it was received or cancelled there. */
const isOpen = ({ status, source }: ReplenishmentOrder): boolean =>
  status === 'approved' || (status === 'ordered' && source.kind === 'transfer');

/** Orders whose units are figures of the SKU: announced, or shipped. */
export const visibleOrders = (state: ReplenishmentState, sku: SkuState): readonly string[] =>
  unended(state)
    .filter(({ orderId, source }) =>
      source.kind === 'transfer' ? hasShipped(sku, transferIdOf(orderId)) : sku.supply?.inbound.has(orderId) === true,
    )
    .map(({ orderId }) => orderId);

const ORDER_PREFIX = 'rep_';

/** The id of an order that the command begins. */
export const replenishmentId = (commandId: string): string => ORDER_PREFIX + commandId;

/** The command that creates the transfer of an order: derived, so that the transfer is created once. */
export const transferCommandOf = (orderId: string): string => orderId.slice(ORDER_PREFIX.length);

/** The transfer that an order becomes. */
export const transferIdOf = (orderId: string): string => `tr_${transferCommandOf(orderId)}`;
