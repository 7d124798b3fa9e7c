import type { Entry } from '../intake/entry.js';
import type { TenantLocations } from '../locations/tenant-locations.js';
import type { ConnectionsService } from './connections.service.js';
import type { TenantRouting } from './routing.js';

/** Finds warehouses that need no mapping of their own, since their connection maps by id. */
export class AutoMapping {
  constructor(
    private readonly locations: TenantLocations,
    private readonly connections: Pick<ConnectionsService, 'mapAutomatically'>,
  ) {}

  /** Writes the mappings that are missing and can be made; true when there were any. */
  async map(unmapped: readonly Entry[], routing: ReadonlyMap<string, TenantRouting>): Promise<boolean> {
    const candidates = unmapped.filter(
      ({ tenant, message }) => routing.get(tenant)?.connections.get(message.connectionId)?.autoMap === true,
    );
    let mapped = false;
    for (const tenant of new Set(candidates.map((entry) => entry.tenant))) {
      const warehouses = candidates.filter((entry) => entry.tenant === tenant).map(({ message }) => message);
      if (await this.mapWarehouses(tenant, warehouses)) mapped = true;
    }
    return mapped;
  }

  /** Maps those warehouses that are locations. */
  async mapWarehouses(
    tenant: string,
    warehouses: readonly { readonly connectionId: string; readonly warehouseId: string }[],
  ): Promise<boolean> {
    const unknown = await this.locations.unknownOf(
      tenant,
      warehouses.map(({ warehouseId }) => warehouseId),
    );
    const found = warehouses.filter(({ warehouseId }) => !unknown.has(warehouseId));
    if (found.length === 0) return false;
    await this.connections.mapAutomatically(tenant, found);
    return true;
  }
}
