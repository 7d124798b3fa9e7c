import { STREAMS } from '@holdfast/contracts';
import type { Follower } from '../following/follow-events.js';

/** Keeps which SKUs have lots, or had some. */
export const lotSkuFollower: Follower = {
  name: 'lot-skus',
  filter: { streamPrefixes: [STREAMS.stock.prefix], types: STREAMS.stock.storedTypes(['LotDeclared']) },
  apply: async (client, events) => {
    const skus = new Map(events.map((event) => [event.stream, [event.metadata.tenant, STREAMS.stock.idOf(event)] as const]));
    await client.query(
      `INSERT INTO workflow.lot_sku (tenant, sku) SELECT * FROM unnest($1::text[], $2::text[]) AS r (tenant, sku) ORDER BY 1, 2
       ON CONFLICT DO NOTHING`,
      [[...skus.values()].map(([tenant]) => tenant), [...skus.values()].map(([, sku]) => sku)],
    );
  },
};
