import { StreamFamily } from '@holdfast/contracts';
import { accept, refuse } from '@holdfast/inventory';
import type { StreamDefinition } from '../src/index.js';

/** A counter of units that are put and taken: the smallest domain in which overselling is possible. */
export type CounterEvent =
  { readonly type: 'UnitsPut'; readonly quantity: number; readonly note?: string } | { readonly type: 'UnitTaken'; readonly taker: string };

interface CounterCommandBase {
  readonly at: number;
  readonly commandId: string;
}
export type CounterCommand =
  | (CounterCommandBase & { readonly type: 'Put'; readonly quantity: number; readonly note?: string })
  | (CounterCommandBase & { readonly type: 'Take' })
  | (CounterCommandBase & { readonly type: 'Break' });

export interface Counter {
  left: number;
  readonly takers: Set<string>;
}

let applied = 0;
/** Events applied to any counter so far. */
export const eventsApplied = (): number => applied;

export const counters: StreamDefinition<Counter, CounterCommand, CounterEvent> = {
  initial: () => ({ left: 0, takers: new Set() }),
  decide(state, command) {
    switch (command.type) {
      case 'Put':
        return accept({ type: 'UnitsPut', quantity: command.quantity, ...(command.note === undefined ? {} : { note: command.note }) });
      case 'Take':
        if (state.takers.has(command.commandId)) return accept();
        return state.left > 0 ? accept({ type: 'UnitTaken', taker: command.commandId }) : refuse('empty', { left: state.left });
      case 'Break':
        throw new Error('this command is broken');
      default:
        return command satisfies never;
    }
  },
  // In place, as `StreamDefinition.evolve` allows.
  evolve(state, event) {
    applied += 1;
    if (event.type === 'UnitsPut') state.left += event.quantity;
    else {
      state.left -= 1;
      state.takers.add(event.taker);
    }
    return state;
  },
  codec: new StreamFamily<CounterEvent>('counter', ['UnitsPut', 'UnitTaken']),
  snapshot: {
    version: 1,
    write: ({ left, takers }) => ({ left, takers: [...takers] }),
    read: (json) => {
      const { left, takers } = json as { left: number; takers: string[] };
      return { left, takers: new Set(takers) };
    },
  },
};

export const put = (quantity: number, note?: string): CounterCommand => ({
  type: 'Put',
  quantity,
  at: 1_000,
  commandId: `put-${Math.random()}`,
  ...(note === undefined ? {} : { note }),
});
export const take = (taker: string | number, at = 2_000): CounterCommand => ({ type: 'Take', at, commandId: `taker-${taker}` });
export const broken: CounterCommand = { type: 'Break', at: 0, commandId: 'broken' };
