import type { Alternative, OrderLine, ShortLine } from '@holdfast/inventory';
import { isRecord } from '@holdfast/platform';

interface LineRefusal {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Translates the refusal of a SKU into the figures of the line. */
export function shortLine({ sku, quantity }: OrderLine, refusal: LineRefusal): ShortLine {
  const { available, byLocation, alternatives, reservationId } = refusal.details;
  return {
    sku,
    requested: quantity,
    available: typeof available === 'number' ? available : 0,
    ...(Array.isArray(byLocation) ? { byLocation: byLocation.filter(isLocationFigure) } : {}),
    ...(Array.isArray(alternatives) ? { alternatives: alternatives.filter(isAlternative) } : {}),
    ...(typeof reservationId === 'string' ? { reservationId } : {}),
    ...(refusal.code === 'insufficient_stock' ? {} : { code: refusal.code }),
  };
}

const isLocationFigure = (value: unknown): value is { locationId: string; available: number } =>
  isRecord(value) && typeof value['locationId'] === 'string' && typeof value['available'] === 'number';

const KINDS: ReadonlySet<unknown> = new Set<Alternative['kind']>(['smaller_quantity', 'other_location', 'later']);

const isAlternative = (value: unknown): value is Alternative => isRecord(value) && KINDS.has(value['kind']);
