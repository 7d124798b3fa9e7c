export const FIGURE_COVERS = ['physical', 'unrestricted'] as const;
/** What figures of an ERP cover: all units, or only those that it has not blocked. */
export type FigureCovers = (typeof FIGURE_COVERS)[number];

/** What the consumer needs to know of one connection. */
export interface ConnectionRoute {
  readonly postingLagMs: number | null;
  /** The ERP posts adjustments and counts itself. */
  readonly adjustmentsPostedBack?: boolean;
  readonly figureCovers?: FigureCovers;
  /** A warehouse without a mapping is the location of the same id, where there is one. */
  readonly autoMap: boolean;
  /** Warehouse id to location id. */
  readonly locations: ReadonlyMap<string, string>;
}

/** Connections and mappings of one tenant, as of one version. */
export interface TenantRouting {
  readonly version: string;
  readonly connections: ReadonlyMap<string, ConnectionRoute>;
}

/** Version of a tenant that never connected anything. */
export const NO_VERSION = '0';

export const EMPTY_ROUTING: TenantRouting = { version: NO_VERSION, connections: new Map() };

export type Route =
  | {
      readonly kind: 'located';
      readonly locationId: string;
      readonly postingLagMs: number | null;
      readonly adjustmentsPostedBack?: boolean;
      readonly figureCovers?: FigureCovers;
    }
  | { readonly kind: 'unmapped'; readonly autoMap: boolean }
  | { readonly kind: 'unknown_connection' };

/** Where a message of a connection and warehouse belongs. */
export function routeOf(routing: TenantRouting, connectionId: string, warehouseId: string): Route {
  const connection = routing.connections.get(connectionId);
  if (connection === undefined) return { kind: 'unknown_connection' };
  const locationId = connection.locations.get(warehouseId);
  if (locationId === undefined) return { kind: 'unmapped', autoMap: connection.autoMap };
  const { postingLagMs, adjustmentsPostedBack, figureCovers } = connection;
  return {
    kind: 'located',
    locationId,
    postingLagMs,
    ...(adjustmentsPostedBack === true ? { adjustmentsPostedBack } : {}),
    ...(figureCovers === 'unrestricted' ? { figureCovers } : {}),
  };
}
