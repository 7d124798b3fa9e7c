import { randomUUID } from 'node:crypto';
import { EventStoreUnavailable } from '@holdfast/event-store';
import type { EventStore, NewEvent } from '@holdfast/event-store';
import { aroundStore } from './around.js';
import type { Plant } from './plant.js';

type Append = EventStore['append'];

/** Appends at the present revision of the stream, whatever it is. */
function appendAnywhere(store: EventStore): Append {
  return async (stream, expected, events) => {
    const result = await store.append(stream, expected, events);
    return result.kind === 'conflict' ? appendAnywhere(store)(stream, result.actual, events) : result;
  };
}

const otherId = (id: string): string => `${id.startsWith('f') ? 'e' : 'f'}${id.slice(1)}`;
const renamed = (events: readonly NewEvent[]): readonly NewEvent[] => events.map((event) => ({ ...event, id: otherId(event.id) }));

/** Mistakes in how events are stored and read. */
export const storingPlants: readonly Plant[] = [
  {
    name: 'revision-unchecked',
    mistake: 'events are appended whatever was appended since the decision',
    store: (real) => aroundStore(real, { append: appendAnywhere(real) }),
  },
  {
    name: 'lost-answer-applied-twice',
    mistake: 'an append without an answer is sent again as a new one',
    store: (real) => {
      const unanswered = new Set<string>();
      return aroundStore(real, {
        async append(stream, expected, events) {
          const key = `${stream} ${events[0]?.id ?? ''}`;
          try {
            return await (unanswered.has(key)
              ? appendAnywhere(real)(stream, expected, renamed(events))
              : real.append(stream, expected, events));
          } catch (error) {
            unanswered.add(key);
            throw error;
          }
        },
      });
    },
  },
  {
    name: 'random-event-ids',
    mistake: 'event ids are made up instead of following from the command',
    changesLog: true,
    store: (real) =>
      aroundStore(real, {
        append: (stream, expected, events) =>
          real.append(
            stream,
            expected,
            events.map((event) => ({ ...event, id: randomUUID() })),
          ),
      }),
  },
  {
    name: 'answered-before-stored',
    mistake: 'the answer goes out while the events are still on their way',
    store: (real) =>
      aroundStore(real, {
        async append(stream, expected, events) {
          real.append(stream, expected, events).catch(() => undefined);
          const revision = expected + events.length;
          return { kind: 'appended', revision, position: await real.head() };
        },
      }),
  },
  {
    name: 'unknown-taken-for-stored',
    mistake: 'an append without an answer counts as stored',
    store: (real) =>
      aroundStore(real, {
        async append(stream, expected, events) {
          try {
            return await real.append(stream, expected, events);
          } catch (error) {
            if (!(error instanceof EventStoreUnavailable)) throw error;
            return { kind: 'appended', revision: expected + events.length, position: 0n };
          }
        },
      }),
  },
];
