import type { EventStore } from '@holdfast/event-store';

/** The store with some of its methods replaced. */
export const aroundStore = (store: EventStore, replaced: Partial<EventStore>): EventStore => ({
  append: (stream, expected, events) => store.append(stream, expected, events),
  readStream: (stream, options) => store.readStream(stream, options),
  readAll: (options) => store.readAll(options),
  head: () => store.head(),
  subscribe: (options) => store.subscribe(options),
  ping: () => store.ping(),
  close: () => store.close(),
  ...replaced,
});
