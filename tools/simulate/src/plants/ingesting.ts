import type { Plant } from './plant.js';

/** Mistakes in the intake of ERP messages. */
export const ingestingPlants: readonly Plant[] = [
  { name: 'offset-before-effect', mistake: 'a batch counts as dealt with before it took effect', offsetsFirst: true },
  {
    name: 'equal-figure-spared',
    mistake: 'a poll spares a figure that is equal to the last one although units were taken off in between',
    figures: (real) => ({ ...real, reappraise: () => Promise.resolve() }),
  },
  {
    name: 'order-unnamed',
    mistake: 'an issue is booked without the order that it ships, so that what was sold leaves twice',
    ingestionLedger: (real) => ({
      execute: (ref, command, context) => {
        if (command.type !== 'IssueStock') return real.execute(ref, command, context);
        const { orderId: _, ...unnamed } = command;
        return real.execute(ref, unnamed, context);
      },
      read: (ref) => real.read(ref),
      drain: () => real.drain(),
    }),
  },
  {
    name: 'parked-forgotten',
    mistake: 'what waits for its warehouse is remembered as handled and kept nowhere',
    tables: (real) => ({
      ...real,
      inbox: {
        look: (entries) => real.inbox.look(entries),
        remember: (effective, parked) => real.inbox.remember([...effective, ...parked], []),
      },
    }),
  },
  {
    name: 'redelivery-renamed',
    mistake: 'a message that comes again counts as another one',
    tables: (real) => ({
      ...real,
      inbox: {
        look: async (entries) => ({ ...(await real.inbox.look(entries)), handled: new Map() }),
        remember: (effective, parked) => real.inbox.remember(effective, parked),
      },
    }),
    ingestionLedger: (real) => {
      let times = 0;
      return {
        execute: (ref, command, context) => {
          times += 1;
          const renamed =
            'connectionId' in command ? { ...command, commandId: `${command.commandId} ${times}`, connectionId: `erp ${times}` } : command;
          return real.execute(ref, renamed, context);
        },
        read: (ref) => real.read(ref),
        drain: () => real.drain(),
      };
    },
  },
];
