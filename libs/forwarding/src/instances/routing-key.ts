import { boundsFault } from '@holdfast/platform';

/** What tells which instance should serve a request. */
export interface Routed {
  /** Of the route that matched, by name, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** The whole body, where it was read. */
  readonly body: Buffer | undefined;
  readonly contentType: string | undefined;
}

const SINGLE = /^rs_([A-Za-z0-9_-]{1,400})\./;

/**
 * Requests with the same key work on the same stream, so one instance should serve them: its queue then decides them together, and no
 * append meets another's. It is only an optimisation: any instance decides correctly, because the revision of the stream decides.
 * @returns undefined where any instance will do as well
 */
export function routingKey({ params, body, contentType }: Routed): string | undefined {
  const { reservationId, sku } = params;
  if (reservationId !== undefined) return keyOfReservation(reservationId);
  if (sku !== undefined) return skuKey(sku);
  return body !== undefined && contentType?.includes('json') === true ? keyOfOrder(body) : undefined;
}

const skuKey = (sku: string): string => `sku\n${sku}`;

/** A reservation of one SKU names it; one of several has a stream of its own. */
function keyOfReservation(reservationId: string): string {
  const encoded = SINGLE.exec(reservationId)?.[1];
  return encoded === undefined ? `order\n${reservationId}` : skuKey(Buffer.from(encoded, 'base64url').toString('utf8'));
}

/** Lines of one SKU are one decision on its stream; an order over several goes where its repeats go. */
function keyOfOrder(body: Buffer): string | undefined {
  const order = parsed(body);
  const items = field(order, 'items');
  if (!Array.isArray(items)) return undefined;
  const skus = new Set(items.map((item: unknown) => field(item, 'sku')));
  const [sku] = skus;
  if (skus.size === 1) return typeof sku === 'string' ? skuKey(sku) : undefined;
  const orderId = field(order, 'orderId');
  return typeof orderId === 'string' ? `order\n${orderId}` : undefined;
}

/** What is no JSON, or too much of it, is the service's to refuse. */
function parsed(body: Buffer): unknown {
  try {
    return boundsFault(body) === undefined ? (JSON.parse(body.toString('utf8')) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Object.getOwnPropertyDescriptor(value, name)?.value as unknown) : undefined;
}
