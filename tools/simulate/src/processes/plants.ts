import type { SkuCommand } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import type { Life } from '@holdfast/simulation';

/** A deliberate bug around the warehouse's processes, to prove that a run finds it. Absent parts stay real. */
export interface ProcessPlant {
  readonly name: string;
  /** The mistake in words. */
  readonly mistake: string;
  /** Seed at which the search begins; 1 unless given. */
  readonly from?: number;
  /** The ledger as the processes use it. */
  readonly ledger?: (real: SkuLedger, life: Life) => SkuLedger;
  /** Nobody goes on with what was interrupted. */
  readonly watchless?: true;
}

const changing =
  (change: (command: SkuCommand, life: Life) => SkuCommand): NonNullable<ProcessPlant['ledger']> =>
  (real, life) => ({
    execute: (ref, command, context) => real.execute(ref, change(command, life), context),
    read: (ref, freshness) => real.read(ref, freshness),
    drain: () => real.drain(),
  });

let commands = 0;

/** Mistakes of processes that a run must find. */
export const PROCESS_PLANTS: readonly ProcessPlant[] = [
  { name: 'process-watchdog-dead', mistake: 'nobody goes on with what a dead driver left', watchless: true },
  {
    name: 'step-renamed',
    mistake: 'a step that is taken again counts as another one',
    ledger: changing((command) => {
      commands += 1;
      const { commandId } = command;
      return command.type === 'ReceiveTransfer'
        ? { ...command, commandId: `${commandId} ${commands}`, receiptId: `${command.receiptId} ${commands}` }
        : command;
    }),
  },
  {
    name: 'shipment-not-returned',
    mistake: 'what a shipment had sent before a line was short stays on its way',
    ledger: (real) => ({
      execute: async (ref, command, context) =>
        command.type === 'ReturnTransfer'
          ? { kind: 'accepted', events: [], ...(await real.read(ref)) }
          : real.execute(ref, command, context),
      read: (ref, freshness) => real.read(ref, freshness),
      drain: () => real.drain(),
    }),
  },
  {
    name: 'count-renamed',
    mistake: 'the difference of a count that is applied again counts as another one',
    ledger: (real) => ({
      execute: async (ref, command, context) => {
        if (command.type !== 'ApplyCount') return real.execute(ref, command, context);
        commands += 1;
        return real.execute(ref, { ...command, commandId: `${command.commandId} ${commands}` }, context);
      },
      read: (ref, freshness) => real.read(ref, freshness),
      drain: () => real.drain(),
    }),
  },
  {
    name: 'freeze-forgotten',
    mistake: 'what a count held stays held after it',
    ledger: (real) => ({
      execute: async (ref, command, context) =>
        command.type === 'ReleaseHold'
          ? { kind: 'refused', code: 'unknown_hold', details: {}, ...(await real.read(ref)) }
          : real.execute(ref, command, context),
      read: (ref, freshness) => real.read(ref, freshness),
      drain: () => real.drain(),
    }),
  },
];
