import type { Pool } from 'pg';
import type { ConnectionRoute, FigureCovers, TenantRouting } from './routing.js';
import { EMPTY_ROUTING, NO_VERSION } from './routing.js';

interface RouteRow {
  readonly tenant: string;
  readonly version: string;
  readonly connection_id: string | null;
  readonly posting_lag_ms: number | null;
  readonly adjustments_posted_back: boolean | null;
  readonly figure_covers: FigureCovers | null;
  readonly auto_map: boolean | null;
  readonly warehouse_id: string | null;
  readonly location_id: string | null;
}

interface LoadedConnection extends ConnectionRoute {
  readonly locations: Map<string, string>;
}

interface LoadedRouting extends TenantRouting {
  readonly connections: Map<string, LoadedConnection>;
}

// One statement, so that version and rows belong to one snapshot.
const LOAD = `
  SELECT v.tenant, v.version::text AS version, c.id AS connection_id, c.posting_lag_ms, c.adjustments_posted_back,
         c.figure_covers, c.auto_map, m.warehouse_id, m.location_id
  FROM ingestion.routing_versions v
  LEFT JOIN ingestion.connections c ON c.tenant = v.tenant
  LEFT JOIN ingestion.warehouse_mappings m ON m.tenant = c.tenant AND m.connection_id = c.id
  WHERE v.tenant = ANY($1)`;

/**
 * Connections and mappings in memory. A tenant's version in the database is compared before every use, so that a message published after a
 * change was answered finds it here, in every process.
 */
export class RoutingCache {
  private readonly tenants = new Map<string, TenantRouting>();

  constructor(private readonly pool: Pool) {}

  /** Brings tenants up to the versions that the caller has just read. */
  async atVersions(versions: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, TenantRouting>> {
    const stale = [...versions].filter(([tenant, version]) => this.held(tenant).version !== version).map(([tenant]) => tenant);
    if (stale.length > 0) for (const [tenant, routing] of await this.load(stale)) this.tenants.set(tenant, routing);
    return new Map([...versions.keys()].map((tenant) => [tenant, this.held(tenant)]));
  }

  /** Reads the version and the routing of one tenant as they are now. */
  async current(tenant: string): Promise<TenantRouting> {
    const found = await this.pool.query<{ version: string }>(
      'SELECT version::text AS version FROM ingestion.routing_versions WHERE tenant = $1',
      [tenant],
    );
    const routing = await this.atVersions(new Map([[tenant, found.rows[0]?.version ?? NO_VERSION]]));
    return routing.get(tenant) ?? EMPTY_ROUTING;
  }

  private held(tenant: string): TenantRouting {
    return this.tenants.get(tenant) ?? EMPTY_ROUTING;
  }

  private async load(tenants: readonly string[]): Promise<ReadonlyMap<string, TenantRouting>> {
    const { rows } = await this.pool.query<RouteRow>(LOAD, [tenants]);
    const loaded = new Map<string, LoadedRouting>();
    for (const row of rows) {
      const tenant: LoadedRouting = loaded.get(row.tenant) ?? { version: row.version, connections: new Map<string, LoadedConnection>() };
      loaded.set(row.tenant, tenant);
      if (row.connection_id === null) continue;
      const connection: LoadedConnection = tenant.connections.get(row.connection_id) ?? {
        postingLagMs: row.posting_lag_ms,
        adjustmentsPostedBack: row.adjustments_posted_back === true,
        figureCovers: row.figure_covers ?? 'physical',
        autoMap: row.auto_map === true,
        locations: new Map<string, string>(),
      };
      tenant.connections.set(row.connection_id, connection);
      if (row.warehouse_id !== null && row.location_id !== null) connection.locations.set(row.warehouse_id, row.location_id);
    }
    return loaded;
  }
}
