import { STREAMS } from '@holdfast/contracts';
import type { Follower } from '../following/follow-events.js';

/** Keeps at which instants lots of a SKU expire. An instant of a lot that is gone stays: at its time nothing is due. */
export const expiryFollower: Follower = {
  name: 'lot-expiries',
  filter: { streamPrefixes: [STREAMS.stock.prefix], types: STREAMS.stock.storedTypes(['LotDeclared', 'LotExpiryChanged']) },
  apply: async (client, events) => {
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
  },
};
