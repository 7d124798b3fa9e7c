import type { AtpChanged } from '@holdfast/contracts';

/** Stock of one SKU at one location, as `inventory.atp.v1` says it. */
export interface StockFigure {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  /** Place in the event log that it reflects, decimal. */
  readonly position: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export type ReadMessage = { readonly figure: StockFigure } | { readonly fault: string };

export function readStockMessage({ value }: { readonly value: string | null }): ReadMessage {
  if (value === null) return { fault: 'tombstone' };
  const envelope = parsed(value);
  if (!isObject(envelope)) return { fault: 'not a JSON object' };
  const tenant = envelope['tenant'];
  const time = envelope['time'];
  const data = envelope['data'];
  if (typeof tenant !== 'string' || tenant === '') return { fault: 'tenant is missing' };
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(at)) return { fault: 'time is missing' };
  if (!isObject(data)) return { fault: 'data is missing' };
  const { sku, locationId, onHand, reserved, available, position, version } = data as Readonly<Partial<Record<keyof AtpChanged, unknown>>>;
  if (typeof sku !== 'string' || typeof locationId !== 'string') return { fault: 'sku and locationId must be text' };
  if (!isWhole(onHand) || !isWhole(reserved) || !isWhole(available))
    return { fault: 'onHand, reserved and available must be whole numbers' };
  if (!isWhole(version)) return { fault: 'version must be a whole number' };
  if (typeof position !== 'string' || !/^\d{1,19}$/.test(position)) return { fault: 'position must be decimal' };
  return { figure: { tenant, sku, locationId, onHand, reserved, available, position, version, at } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);
