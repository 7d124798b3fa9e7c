import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { Position, RecordedEvent } from '@holdfast/event-store';
import type { SkuEvent, TransferEvent } from '@holdfast/inventory';
import type { Follower } from '../following/follow-events.js';
import { storeRules } from './rules/rule-rows.js';

/**
 * What may lower a position, so that a rule may be at its level. What a person cancels is left to the nightly run, and what raises a position
 * needs no order.
 */
const POSITION_EVENTS: ReadonlySet<SkuEvent['type']> = new Set<SkuEvent['type']>([
  'LevelReported',
  'StockIssued',
  'StockAdjusted',
  'StockMoved',
  'TransferShipped',
  'TransferReturned',
  'TransferLost',
  'ReservationPlaced',
  'HoldPlaced',
  'LotControlSet',
  'LotExpiryChanged',
  'LotExpired',
  'PositionsCorrected',
]);

/** What moves an order that is an announced delivery. */
const DELIVERY_EVENTS = ['StockReceived', 'InboundCancelled'] as const satisfies readonly SkuEvent['type'][];

/** What moves an order that became a transfer. */
const TRANSFER_EVENTS = ['Shipped', 'ReceiptRecorded', 'Cancelled', 'Closed'] as const satisfies readonly TransferEvent['type'][];

/**
 * Keeps the tables of rules and orders, marks the orders whose transfer or delivery moved, and the rules whose position may have changed.
 * One follower for the three families: it reads an order before the events of its transfer or delivery.
 * @param gatherMs changes of a position within it are one evaluation
 */
export const replenishmentFollower = (gatherMs: number, now: () => number): Follower => ({
  name: 'replenishment',
  filter: {
    streamPrefixes: [STREAMS.replrule.prefix, STREAMS.transfer.prefix, STREAMS.stock.prefix],
    types: [
      ...STREAMS.replrule.storedTypes(),
      ...STREAMS.transfer.storedTypes(TRANSFER_EVENTS),
      ...STREAMS.stock.storedTypes([...POSITION_EVENTS, ...DELIVERY_EVENTS]),
    ],
  },
  apply: async (client, events) => {
    const of = (prefix: string): readonly RecordedEvent[] => events.filter(({ stream }) => stream.startsWith(prefix));
    const stock = of(STREAMS.stock.prefix);
    await storeRules(client, of(STREAMS.replrule.prefix));
    await touchOrders(client, [...of(STREAMS.transfer.prefix).map(touchedByTransfer), ...stock.flatMap(touchedByDelivery)]);
    const lowering = stock.filter(({ type }) => POSITION_EVENTS.has(STREAMS.stock.nameOf(type)));
    await gatherRules(client, lowering, now(), gatherMs);
  },
});

interface Touched {
  readonly tenant: string;
  readonly orderId: string;
  readonly position: Position;
}

const TRANSFER_PREFIX = 'tr_';
const ORDER_PREFIX = 'rep_';

const touchedByTransfer = (event: RecordedEvent): Touched => ({
  tenant: event.metadata.tenant,
  orderId: STREAMS.transfer.idOf(event).replace(TRANSFER_PREFIX, ORDER_PREFIX),
  position: event.position,
});

function touchedByDelivery(event: RecordedEvent): readonly Touched[] {
  const name = STREAMS.stock.nameOf(event.type);
  if (name !== 'StockReceived' && name !== 'InboundCancelled') return [];
  const decoded = STREAMS.stock.decode(event);
  const references =
    decoded.type === 'InboundCancelled'
      ? [decoded.reference]
      : decoded.type === 'StockReceived'
        ? (decoded.inbound ?? []).map(({ reference }) => reference)
        : [];
  return references
    .filter((reference) => reference.startsWith(ORDER_PREFIX))
    .map((orderId) => ({ tenant: event.metadata.tenant, orderId, position: event.position }));
}

const TOUCH = `
  UPDATE workflow.replenishment r SET touched = t.position
    FROM (SELECT tenant, order_id, max(position) AS position
            FROM unnest($1::text[], $2::text[], $3::bigint[]) AS t (tenant, order_id, position) GROUP BY tenant, order_id) t
   WHERE r.tenant = t.tenant AND r.order_id = t.order_id AND r.status IN ('approved', 'ordered', 'in_progress')`;

async function touchOrders(client: PoolClient, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return;
  await client.query(TOUCH, [
    touched.map(({ tenant }) => tenant),
    touched.map(({ orderId }) => orderId),
    touched.map(({ position }) => position.toString()),
  ]);
}

// A rule that is due already gets another date that is due, too: a run that evaluates it now then does not take it for evaluated, as it may
// have read the position before this event.
const GATHER = `
  UPDATE workflow.replenishment_rule r SET due_at = CASE WHEN r.due_at > $4 THEN $4 ELSE $3 END
    FROM unnest($1::text[], $2::text[]) AS s (tenant, sku)
   WHERE r.tenant = s.tenant AND r.sku = s.sku AND (r.due_at < $3 OR r.due_at > $4) AND r.method <> 'periodic'`;

/** A rule that is due sooner stays so; one that no run evaluates has no date. */
async function gatherRules(client: PoolClient, events: readonly RecordedEvent[], at: number, gatherMs: number): Promise<void> {
  const skus = [...new Map(events.map((event) => [event.stream, event])).values()];
  if (skus.length === 0) return;
  const [tenants, ids] = [skus.map(({ metadata }) => metadata.tenant), skus.map((event) => STREAMS.stock.idOf(event))];
  await client.query({ name: 'gather-replenishment-rules', text: GATHER, values: [tenants, ids, new Date(at), new Date(at + gatherMs)] });
}
