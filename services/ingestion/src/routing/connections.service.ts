import type { DataSource, EntityManager } from 'typeorm';
import type { Page } from '@holdfast/platform';
import { paginationOf, Problem } from '@holdfast/platform';
import type { TenantLocations } from '../locations/tenant-locations.js';
import { ConnectionEntity } from './connection.entity.js';
import type { ConnectionRequest, MappingRequest } from './connection.dto.js';
import { WarehouseMappingEntity } from './warehouse-mapping.entity.js';
import type { PollersService } from '../pollers/connections/pollers.service.js';
import { SETTLE_POLLERS } from '../pollers/connections/poller-table.js';
import type { ConnectionsView, ConnectionView, WarehouseLocation, WarehouseMappingsView } from './connection.dto.js';

const COUNT_UP = `
  INSERT INTO ingestion.routing_versions (tenant, version) VALUES ($1, 1)
  ON CONFLICT (tenant) DO UPDATE SET version = routing_versions.version + 1`;

const SET_MAPPINGS = `
  INSERT INTO ingestion.warehouse_mappings (tenant, connection_id, warehouse_id, location_id)
  SELECT $1, $2, warehouse_id, location_id FROM unnest($3::text[], $4::text[]) AS given (warehouse_id, location_id)
  ON CONFLICT (tenant, connection_id, warehouse_id) DO UPDATE SET location_id = excluded.location_id, updated_at = now()
  WHERE warehouse_mappings.location_id <> excluded.location_id
  RETURNING warehouse_id`;

const BEFORE = `
  SELECT posting_lag_ms AS "postingLagMs", adjustments_posted_back AS "adjustmentsPostedBack" FROM ingestion.connections
   WHERE tenant = $1 AND id = $2`;

// SKUs learn from figures whether adjustments are posted back, so those that are equal to the last ones are sent, too.
const FORGET_FIGURES = 'DELETE FROM ingestion.poll_figures WHERE tenant = $1 AND connection_id = $2';

const MAPPINGS_OF = `
  SELECT connection_id AS id, warehouse_id AS "warehouseId", location_id AS "locationId" FROM ingestion.warehouse_mappings
  WHERE tenant = $1 AND connection_id = ANY($2) ORDER BY warehouse_id`;

interface Before {
  readonly postingLagMs: number | null;
  readonly adjustmentsPostedBack: boolean;
}

interface MappingRow extends WarehouseLocation {
  /** Of the connection. */
  readonly id: string;
}

/** ERP connections of tenants and which location each of their warehouses is. */
export class ConnectionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly locations: TenantLocations,
    private readonly pollers: PollersService,
    /** Called after mappings changed: parked messages may have found their place. */
    private readonly onMapped: () => void,
  ) {}

  /** Creates the connection, or replaces its description; mappings given are set, others stay. */
  async put(tenant: string, id: string, request: ConnectionRequest): Promise<ConnectionView> {
    const mappings = request.mappings ?? [];
    await this.requireLocations(tenant, mappings);
    const system = request.system ?? 'custom';
    const postingLagMs = request.postingLagMs ?? null;
    const adjustmentsPostedBack = request.adjustmentsPostedBack ?? false;
    const connection = { tenant, connectionId: id };
    const change = await this.pollers.change(connection, system, request.poller);
    await this.dataSource.transaction(async (manager) => {
      const [before]: readonly Before[] = await manager.query(BEFORE, [tenant, id]);
      await manager.upsert(
        ConnectionEntity,
        {
          tenant,
          id,
          name: request.name,
          system,
          postingLagMs,
          adjustmentsPostedBack,
          figureCovers: request.figureCovers ?? (system.startsWith('sap') ? 'unrestricted' : 'physical'),
          autoMap: request.autoMap ?? false,
          updatedAt: () => 'now()',
        },
        ['tenant', 'id'],
      );
      await this.pollers.apply(manager, connection, change);
      await setMappings(manager, tenant, id, mappings);
      if ((before?.adjustmentsPostedBack ?? false) !== adjustmentsPostedBack) await manager.query(FORGET_FIGURES, [tenant, id]);
      if (before?.postingLagMs !== postingLagMs) await manager.query(SETTLE_POLLERS, [tenant, [id]]);
      await manager.query(COUNT_UP, [tenant]);
    });
    this.onMapped();
    return this.get(tenant, id);
  }

  /** Sets mappings, and takes away those whose location is null. */
  async putMappings(tenant: string, connectionId: string, mappings: readonly MappingRequest[]): Promise<void> {
    await this.get(tenant, connectionId);
    await this.requireLocations(tenant, mappings);
    await this.dataSource.transaction(async (manager) => {
      await setMappings(manager, tenant, connectionId, mappings);
      await manager.query(COUNT_UP, [tenant]);
    });
    this.onMapped();
  }

  /** Maps warehouses of connections with automatic mapping. A mapping that was set meanwhile is kept. */
  async mapAutomatically(tenant: string, found: readonly { readonly connectionId: string; readonly warehouseId: string }[]): Promise<void> {
    if (found.length === 0) return;
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO ingestion.warehouse_mappings (tenant, connection_id, warehouse_id, location_id)
         SELECT $1, connection_id, warehouse_id, warehouse_id FROM unnest($2::text[], $3::text[]) AS given (connection_id, warehouse_id)
         ON CONFLICT DO NOTHING`,
        [tenant, found.map(({ connectionId }) => connectionId), found.map(({ warehouseId }) => warehouseId)],
      );
      await manager.query(SETTLE_POLLERS, [tenant, found.map(({ connectionId }) => connectionId)]);
      await manager.query(COUNT_UP, [tenant]);
    });
  }

  /** @throws Problem 404 `unknown_connection`. */
  async get(tenant: string, id: string): Promise<ConnectionView> {
    const found = await this.dataSource.getRepository(ConnectionEntity).findOneBy({ tenant, id });
    if (found === null) throw new Problem(404, 'unknown_connection', `There is no ERP connection ${id}`);
    const [view] = await this.viewsOf(tenant, [found]);
    if (view === undefined) throw new Error('a connection that was found has no view');
    return view;
  }

  async list(tenant: string, page: Page): Promise<ConnectionsView> {
    const [rows, total] = await this.dataSource
      .getRepository(ConnectionEntity)
      .findAndCount({ where: { tenant }, order: { id: 'ASC' }, skip: page.offset, take: page.pageSize });
    return { connections: await this.viewsOf(tenant, rows), pagination: paginationOf(page, total) };
  }

  async listMappings(tenant: string, connectionId: string | undefined, page: Page): Promise<WarehouseMappingsView> {
    const [rows, total] = await this.dataSource.getRepository(WarehouseMappingEntity).findAndCount({
      where: { tenant, ...(connectionId === undefined ? {} : { connectionId }) },
      order: { connectionId: 'ASC', warehouseId: 'ASC' },
      skip: page.offset,
      take: page.pageSize,
    });
    const mappings = rows.map((row) => ({
      connectionId: row.connectionId,
      warehouseId: row.warehouseId,
      locationId: row.locationId,
      updatedAt: row.updatedAt.toISOString(),
    }));
    return { mappings, pagination: paginationOf(page, total) };
  }

  private async viewsOf(tenant: string, rows: readonly ConnectionEntity[]): Promise<readonly ConnectionView[]> {
    const ids = rows.map(({ id }) => id);
    const [mappings, pollers] = await Promise.all([this.mappingsOf(tenant, ids), this.pollers.views(tenant, ids)]);
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      system: row.system,
      postingLagMs: row.postingLagMs,
      adjustmentsPostedBack: row.adjustmentsPostedBack,
      figureCovers: row.figureCovers,
      autoMap: row.autoMap,
      mappings: mappings.get(row.id) ?? [],
      poller: pollers.get(row.id) ?? null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    }));
  }

  /** By connection. Without entities: making those of 10,000 mappings takes a twentieth of a second in one step. */
  private async mappingsOf(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly WarehouseLocation[]>> {
    const rows: readonly MappingRow[] = await this.dataSource.query(MAPPINGS_OF, [tenant, ids]);
    const mappings = new Map<string, WarehouseLocation[]>();
    for (const { id, warehouseId, locationId } of rows) {
      const known = mappings.get(id);
      if (known === undefined) mappings.set(id, [{ warehouseId, locationId }]);
      else known.push({ warehouseId, locationId });
    }
    return mappings;
  }

  private async requireLocations(tenant: string, mappings: readonly MappingRequest[]): Promise<void> {
    const named = mappings.flatMap(({ locationId }, index) => (locationId === null ? [] : [{ locationId, index }]));
    const unknown = await this.locations.unknownOf(
      tenant,
      named.map(({ locationId }) => locationId),
    );
    if (unknown.size === 0) return;
    const details = named
      .filter(({ locationId }) => unknown.has(locationId))
      .map(({ locationId, index }) => ({ field: `mappings[${index}].locationId`, message: `there is no location ${locationId}` }));
    throw new Problem(404, 'unknown_location', 'A mapping names a location that does not exist; create it first', { details });
  }
}

async function setMappings(
  manager: EntityManager,
  tenant: string,
  connectionId: string,
  mappings: readonly MappingRequest[],
): Promise<void> {
  // Named twice, the last one counts.
  const wished = new Map(mappings.map(({ warehouseId, locationId }) => [warehouseId, locationId]));
  const removed = [...wished].filter(([, locationId]) => locationId === null).map(([warehouseId]) => warehouseId);
  const set = [...wished].flatMap(([warehouseId, locationId]) => (locationId === null ? [] : [{ warehouseId, locationId }]));
  if (removed.length > 0)
    await manager.query('DELETE FROM ingestion.warehouse_mappings WHERE tenant = $1 AND connection_id = $2 AND warehouse_id = ANY($3)', [
      tenant,
      connectionId,
      removed,
    ]);
  const moved: readonly unknown[] =
    set.length === 0
      ? []
      : await manager.query(SET_MAPPINGS, [tenant, connectionId, set.map((one) => one.warehouseId), set.map((one) => one.locationId)]);
  if (removed.length + moved.length > 0) await manager.query(SETTLE_POLLERS, [tenant, [connectionId]]);
}
