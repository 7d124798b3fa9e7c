import type { VendorRoute } from '../../http/vendor-call.js';
import { SCOPES } from '../account.js';
import type { EbayGuard } from '../guard.js';
import { links, pagingOf } from './paging.js';

const BASE = '/sell/inventory/v1/location';

/** The seller's inventory locations; this seller has one. */
export function locationRoutes(guard: EbayGuard): readonly VendorRoute[] {
  return [
    guard.route({
      method: 'GET',
      path: BASE,
      operation: 'getInventoryLocations',
      scopes: [SCOPES.inventory, SCOPES.inventoryRead],
      handle: ({ query }) => {
        const paging = pagingOf(query, 100, 100);
        if ('status' in paging) return paging;
        const location = {
          merchantLocationKey: 'default',
          name: 'Warehouse',
          merchantLocationStatus: 'ENABLED',
          locationTypes: ['WAREHOUSE'],
          location: { address: { country: 'US', postalCode: '95125' } },
        };
        const locations = paging.offset === 0 ? [location] : [];
        return { status: 200, body: { ...links(BASE, paging, paging.limit, false), ...paging, total: 1, locations } };
      },
    }),
  ];
}
