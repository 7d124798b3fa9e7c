import { StreamFamily } from '@holdfast/contracts';
import { accept, refuse } from '@holdfast/inventory';
import type { StreamDefinition } from '../src/index.js';

/** A shelf with units that are put there and taken: the smallest domain in which overselling is possible. */
export type ShelfEvent =
  { readonly type: 'UnitsPut'; readonly quantity: number; readonly note?: string } | { readonly type: 'UnitTaken'; readonly taker: string };

interface ShelfCommandBase {
  readonly at: number;
  readonly commandId: string;
}
export type ShelfCommand =
  | (ShelfCommandBase & { readonly type: 'Put'; readonly quantity: number; readonly note?: string })
  | (ShelfCommandBase & { readonly type: 'Take' })
  | (ShelfCommandBase & { readonly type: 'Break' });

export interface Shelf {
  left: number;
  readonly takers: Set<string>;
}

let applied = 0;
/** Events applied by any shelf so far. */
export const eventsApplied = (): number => applied;

export const shelves: StreamDefinition<Shelf, ShelfCommand, ShelfEvent> = {
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
  // In place, as the ledger allows it.
  evolve(state, event) {
    applied += 1;
    if (event.type === 'UnitsPut') state.left += event.quantity;
    else {
      state.left -= 1;
      state.takers.add(event.taker);
    }
    return state;
  },
  codec: new StreamFamily<ShelfEvent>('shelf', ['UnitsPut', 'UnitTaken']),
  snapshot: {
    version: 1,
    write: ({ left, takers }) => ({ left, takers: [...takers] }),
    read: (json) => {
      const { left, takers } = json as { left: number; takers: string[] };
      return { left, takers: new Set(takers) };
    },
  },
};

export const put = (quantity: number, note?: string): ShelfCommand => ({
  type: 'Put',
  quantity,
  at: 1_000,
  commandId: `put-${Math.random()}`,
  ...(note === undefined ? {} : { note }),
});
export const take = (taker: string | number, at = 2_000): ShelfCommand => ({ type: 'Take', at, commandId: `taker-${taker}` });
export const broken: ShelfCommand = { type: 'Break', at: 0, commandId: 'broken' };
