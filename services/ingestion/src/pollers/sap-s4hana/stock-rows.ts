import { isRecord } from '@holdfast/platform';
import type { RefusedRow, StockRow } from '../port.js';
import { KEY, QUANTITY, UNIT } from './stock-query.js';

/** A row of the service with the text of its whole key. */
export interface SapRow {
  readonly key: string;
  readonly material: string;
  readonly read: StockRow | RefusedRow;
}

export const isRefused = (read: SapRow['read']): read is RefusedRow => 'says' in read;

export const warehouseIdOf = (plant: string, storageLocation: string): string => `${plant}/${storageLocation}`;

/** `d.results` of an answer; undefined where it has none. `more`: the service itself cut the page. */
export function resultsOf(value: unknown): { readonly results: readonly unknown[]; readonly more: boolean } | undefined {
  const d = isRecord(value) ? value['d'] : undefined;
  const results = isRecord(d) ? d['results'] : undefined;
  if (!Array.isArray(results)) return undefined;
  return { results, more: isRecord(d) && typeof d['__next'] === 'string' };
}

/** What SAP's error body says; undefined where it is none. It also comes with status 200. */
export function errorOf(value: unknown): string | undefined {
  const error = isRecord(value) ? value['error'] : undefined;
  if (!isRecord(error)) return undefined;
  const message = isRecord(error['message']) ? error['message']['value'] : error['message'];
  return [error['code'], message].filter((part) => typeof part === 'string' && part !== '').join(' ') || 'an error without words';
}

/** @returns undefined where a field of the key is missing: such a row cannot be told from another */
export function rowOf(entity: unknown): SapRow | undefined {
  if (!isRecord(entity)) return undefined;
  const key = keyOf(entity);
  if (key === undefined) return undefined;
  const material = trimmed(entity['Material']);
  const warehouseId = warehouseIdOf(trimmed(entity['Plant']), trimmed(entity['StorageLocation']));
  const quantity = entity[QUANTITY];
  const unit = entity[UNIT];
  // A number has been a float on its way: what it was is not known any more.
  if (typeof quantity !== 'string')
    return { key, material, read: { row: `${material} in ${warehouseId}`, field: QUANTITY, says: 'is no decimal as text' } };
  const read = { sku: material, warehouseId, quantity };
  return { key, material, read: typeof unit === 'string' && unit !== '' ? { ...read, unit } : read };
}

const trimmed = (field: unknown): string => (typeof field === 'string' ? field.trim() : '');

/** In one pass: a million rows are read once a minute. */
function keyOf(entity: Readonly<Record<string, unknown>>): string | undefined {
  let key = '';
  for (const name of KEY) {
    const field = entity[name];
    if (typeof field !== 'string') return undefined;
    key += `${field}\u0001`;
  }
  return key;
}
