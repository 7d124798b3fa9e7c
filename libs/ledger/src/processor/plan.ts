import type { NewEvent } from '@holdfast/event-store';
import type { Decision } from '@holdfast/inventory';
import type { ProcessedCommand, StreamDefinition } from './definition.js';
import { eventId } from './event-ids.js';
import type { Item, WaitingCommand } from './lane.js';
import type { ServedCommand } from './observer.js';
import type { KnownState } from './outcome.js';

type Verdict<Event> = Decision<Event> | { readonly kind: 'failed'; readonly error: unknown };

/** An entry of the queue with its decision. It is answered only after the events are stored or the state is confirmed. */
export interface Decided<State, Command, Event> {
  readonly item: Item<State, Command, Event>;
  /** Undefined for a reader. */
  readonly verdict?: Verdict<Event>;
  readonly answer: (known: KnownState<State>) => void;
}

export interface Plan<State, Command, Event> {
  readonly decided: readonly Decided<State, Command, Event>[];
  readonly undecided: readonly Item<State, Command, Event>[];
  readonly events: readonly NewEvent[];
  /** The state after the events are stored. */
  readonly state: State;
}

/** Decides the waiting commands in order, each on the state after the ones before it; stops when there are enough events for one append. */
export function plan<State, Command extends ProcessedCommand, Event extends { readonly type: string }>(
  stream: string,
  definition: StreamDefinition<State, Command, Event>,
  known: KnownState<State>,
  items: readonly Item<State, Command, Event>[],
  mostEvents: number,
): Plan<State, Command, Event> {
  let { state } = known;
  const events: NewEvent[] = [];
  const decided: Decided<State, Command, Event>[] = [];
  for (const [index, item] of items.entries()) {
    if (events.length >= mostEvents) return { decided, undecided: items.slice(index), events, state };
    if (item.kind === 'reader') {
      decided.push({ item, answer: item.resolve });
      continue;
    }
    const decision = tryDeciding(definition, state, item);
    if (decision.kind === 'accepted') {
      for (const event of decision.events) state = definition.evolve(state, event, item.command.at);
      events.push(...toStore(stream, definition, item, decision.events));
    }
    decided.push({ item, verdict: decision, answer: answering(item, decision, known.revision + events.length) });
  }
  return { decided, undecided: [], events, state };
}

/** When a decision throws, only its own command fails: the state has not changed. */
function tryDeciding<State, Command extends ProcessedCommand, Event extends { readonly type: string }>(
  definition: StreamDefinition<State, Command, Event>,
  state: State,
  { command, tenant }: WaitingCommand<State, Command, Event>,
): Verdict<Event> {
  try {
    return definition.decide(state, command, tenant);
  } catch (error) {
    return { kind: 'failed', error };
  }
}

function answering<State, Command, Event>(
  item: WaitingCommand<State, Command, Event>,
  decision: Verdict<Event>,
  revision: number,
): (known: KnownState<State>) => void {
  switch (decision.kind) {
    case 'accepted':
      return ({ position, state }) => item.resolve({ kind: 'accepted', events: decision.events, revision, position, state });
    case 'refused':
      return ({ position, state }) => item.resolve({ ...decision, position, state });
    case 'failed':
      return () => item.reject(decision.error);
    default:
      return decision satisfies never;
  }
}

function toStore<State, Command extends ProcessedCommand, Event extends { readonly type: string }>(
  stream: string,
  { codec }: StreamDefinition<State, Command, Event>,
  { tenant, command, context }: WaitingCommand<State, Command, Event>,
  events: readonly Event[],
): readonly NewEvent[] {
  // Not by spread: fields that are new after a leading spread cost Node 20 0.4 µs each, a twentieth of a reservation in the ledger.
  const metadata = Object.assign({}, context, { tenant, at: command.at, commandId: command.commandId });
  return events.map((event, index) => {
    // The event is not copied into the answer: that took a twentieth of this process's work on a hot SKU.
    const { type, data } = codec.encode(event);
    return { id: eventId(stream, command, index), type, data, metadata };
  });
}

/** The commands of a turn as `ProcessorObserver.turn` gets them. */
export const servedOf = <State, Command extends ProcessedCommand, Event extends { readonly type: string }>(
  decided: readonly Decided<State, Command, Event>[],
): readonly ServedCommand[] =>
  decided.flatMap(({ item, verdict }) => {
    if (item.kind === 'reader' || verdict === undefined) return [];
    const { tenant, command, arrival } = item;
    const events = verdict.kind === 'accepted' ? verdict.events : [];
    return [{ tenant, command, arrival, decision: verdict.kind, events, ...(verdict.kind === 'refused' ? { code: verdict.code } : {}) }];
  });
