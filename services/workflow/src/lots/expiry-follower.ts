import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { Follower } from '../following/follow-events.js';
import { noteRedating, REDATING_TYPES } from './redating/redating-rows.js';

/**
 * Keeps at which instants lots of a SKU expire, of which SKUs one did, and which lots may have other instants by now. An instant of a lot that is gone stays: at its time nothing is due.
 */
export const expiryFollower: Follower = {
  name: 'lot-expiries',
  filter: {
    streamPrefixes: [STREAMS.stock.prefix, STREAMS.locations.prefix],
    types: [...STREAMS.stock.storedTypes(['LotDeclared', 'LotExpiryChanged', 'LotExpired']), ...REDATING_TYPES],
  },
  apply: async (client, events) => {
    const ofLots = events.filter(({ type }) => !REDATING_TYPES.includes(type));
    await storeInstants(client, ofLots);
    await storeExpired(client, ofLots);
    await noteRedating(client, events);
  },
};

async function storeInstants(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const rows = events.flatMap((recorded) => {
    const event = STREAMS.stock.decode(recorded);
    if (event.type !== 'LotDeclared' && event.type !== 'LotExpiryChanged') return [];
    const sku = STREAMS.stock.idOf(recorded);
    return event.expiresAt.map(({ expiresAt }) => ({ tenant: recorded.metadata.tenant, sku, expiresAt }));
  });
  await client.query(
    `INSERT INTO workflow.lot_expiry (tenant, sku, expires_at)
     SELECT DISTINCT tenant, sku, to_timestamp(at::float8 / 1000) FROM unnest($1::text[], $2::text[], $3::bigint[]) AS r (tenant, sku, at)
     ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`,
    [rows.map(({ tenant }) => tenant), rows.map(({ sku }) => sku), rows.map(({ expiresAt }) => expiresAt)],
  );
}

async function storeExpired(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  // A date that is past already expires its lot without an event of that.
  const rows = events.flatMap((recorded) => {
    const event = STREAMS.stock.decode(recorded);
    const { tenant, at } = recorded.metadata;
    const isDated = event.type === 'LotDeclared' || event.type === 'LotExpiryChanged';
    const isPast = isDated && event.expiresAt.some(({ expiresAt }) => expiresAt <= at);
    return event.type === 'LotExpired' || isPast ? [{ tenant, sku: STREAMS.stock.idOf(recorded), at }] : [];
  });
  await client.query(
    `INSERT INTO workflow.expired_lots AS e (tenant, sku, expired_at)
     SELECT tenant, sku, to_timestamp(max(at)::float8 / 1000) FROM unnest($1::text[], $2::text[], $3::bigint[]) AS r (tenant, sku, at)
     GROUP BY 1, 2 ORDER BY 1, 2 ON CONFLICT (tenant, sku) DO UPDATE SET expired_at = excluded.expired_at`,
    [rows.map(({ tenant }) => tenant), rows.map(({ sku }) => sku), rows.map(({ at }) => at)],
  );
}
