import type { EventFilter } from './port.js';

/** Whether an event passes a filter; no filter lets everything pass. */
export function passes(filter: EventFilter | undefined, event: { readonly stream: string; readonly type: string }): boolean {
  if (filter?.streamPrefixes && !filter.streamPrefixes.some((prefix) => event.stream.startsWith(prefix))) return false;
  return filter?.types === undefined || filter.types.includes(event.type);
}
