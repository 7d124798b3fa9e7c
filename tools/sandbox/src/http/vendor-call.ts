import type { IncomingHttpHeaders } from 'node:http';

/** A request as a simulator sees it. */
export interface VendorCall {
  readonly method: string;
  /** Without query, as sent. */
  readonly path: string;
  /** Parts of the path that the route names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface VendorAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a Buffer as it is; undefined as no body. */
  readonly body?: unknown;
  /** Refused as too many calls. */
  readonly throttled?: boolean;
}

export interface VendorRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/listings/2021-08-01/items/:sellerId/:sku` */
  readonly path: string;
  readonly operation: string;
  /** Where one path serves many operations, as in GraphQL: which one a call is. Faults and the log go by it. */
  readonly operationOf?: (call: VendorCall) => string;
  readonly handle: (call: VendorCall) => VendorAnswer | Promise<VendorAnswer>;
}

/** The body as JSON; undefined where it is none. */
export function jsonOf({ body }: Pick<VendorCall, 'body'>): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const formOf = ({ body }: VendorCall): URLSearchParams => new URLSearchParams(body.toString('utf8'));
