import type { DomainEvent } from '../schemas/domain-events.js';

/** Event data with the versioned name that it is stored under. */
export interface StoredEvent {
  readonly type: string;
  readonly data: unknown;
}

/** Brings data of one version to the next: `{ type: 'StockMoved.v2', data: {…} }`. */
export type Upcast = (data: Readonly<Record<string, unknown>>) => StoredEvent;

/** By stored type. Empty while every event is at its first version; a change of meaning adds an entry, never edits the past. */
export const UPCASTS: Readonly<Record<string, Upcast>> = {};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The newest version of a stored event, still with its versioned name.
 * @throws Error for data that is no JSON object, or where an upcast does not lead on.
 */
export function newestVersion(stored: StoredEvent, upcasts: Readonly<Record<string, Upcast>> = UPCASTS): StoredEvent {
  const seen = new Set<string>();
  let current = stored;
  for (let upcast = upcasts[current.type]; upcast !== undefined; upcast = upcasts[current.type]) {
    if (seen.has(current.type)) throw new Error(`upcasts of ${stored.type} go in a circle`);
    seen.add(current.type);
    if (!isObject(current.data)) throw new Error(`data of ${current.type} is no object`);
    current = upcast(current.data);
  }
  if (!isObject(current.data)) throw new Error(`data of ${current.type} is no object`);
  return current;
}

/**
 * A stored event as the domain knows it: newest version, name without its suffix.
 * Nothing but decisions writes to these streams, so the data is taken at its word; golden files pin the format.
 */
export function domainEventOf(stored: StoredEvent): DomainEvent {
  const { type, data } = newestVersion(stored);
  return { ...(data as object), type: type.replace(/\.v\d+$/, '') } as DomainEvent;
}
