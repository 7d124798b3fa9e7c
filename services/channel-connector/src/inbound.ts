import { randomUUID } from 'node:crypto';
import { ProcessTable } from '@holdfast/kit';
import { openLocationDirectory } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import type { Accounts } from './accounts/open-account.js';
import type { TenantChannels } from './channels/tenant-channels.js';
import type { DeliveryTimings } from './delivery/timings.js';
import { ChannelWork } from './hooks/channel-work.js';
import { ShownFigures } from './hooks/figure-sink.js';
import { HookAccounts } from './hooks/hook-accounts.js';
import { HooksService } from './hooks/hooks.service.js';
import { dueChannels, workOnInbox } from './hooks/inbox-work.js';
import { OrderWork } from './orders/order-work.js';
import { OversellAlerts } from './orders/oversell-alert.js';
import { TakingAgain } from './orders/taking-again.js';
import { pollChannel } from './polling/poller.js';
import { dueForPolling } from './polling/polling-table.js';
import type { Provider } from './providers/provider.js';
import { compareAtOnce, dueForComparing, type ComparingParts } from './reconcile/comparing-at-once.js';

export interface InboundOptions {
  readonly accounts: Accounts;
  readonly kinds: readonly Provider[];
  readonly channels: TenantChannels;
  readonly timings: DeliveryTimings;
  readonly comparing: Pick<ComparingParts, 'channels' | 'treating'>;
  readonly wakeDelivery: () => void;
}

export interface Inbound {
  readonly hooks: HooksService;
  readonly takingAgain: TakingAgain;
  /** There may be orders to be worked on. */
  nudge(): void;
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** So long a person waits for the process that works on orders of the channel. */
const BY_HAND_PATIENCE_MS = 2_000;

/** Starts what takes messages, polls channels and works on what came. Any number of processes may do so on the same database. */
export async function startInbound(runtime: Runtime, options: InboundOptions): Promise<Inbound> {
  const { config, logger, metrics, clock, bus, database, eventStore, ledger } = runtime;
  const { accounts, channels, timings, comparing, wakeDelivery, kinds } = options;
  const { pool } = database;
  const stopping = new AbortController();
  const locations = await openLocationDirectory(eventStore);
  const now = (): number => clock.now();
  const oldestOrderAt = (): number => now() - config.channelOrderDays * DAY_MS;
  const warn = (what: string) => (error: unknown) => logger.warn({ err: error }, what);
  const times = { leaseMs: timings.leaseMs, patienceMs: 0, retry: timings.backOff };
  const orders = new OrderWork({
    pool,
    eventStore,
    ledger,
    bus,
    now,
    locations,
    channels,
    alerts: new OversellAlerts(bus, now),
    backOff: timings.backOff,
    onFault: (order, error) => logger.warn({ err: error, ...order }, "a channel's order could not be worked on and is tried again"),
  });
  const onFault = warn('messages of a channel could not be worked on and are tried again');
  const compares = new ChannelWork({
    processes: new ProcessTable(pool, 'channels.process', 'comparing', times),
    everyMs: timings.pollMs,
    due: (most) => dueForComparing(pool, most),
    work: (channel, ended, check) => compareAtOnce({ pool, accounts, ...comparing }, channel, ended, check),
    onFault: warn('a figure that a channel told could not be compared and is compared later'),
  });
  const figures = new ShownFigures(pool, timings.foreignEditSettlesMs, () => compares.nudge());
  const inbox = new ChannelWork({
    processes: new ProcessTable(pool, 'channels.process', 'inbox', times),
    everyMs: timings.pollMs,
    due: (most) => dueChannels(pool, most),
    work: (channel, ended, check) =>
      workOnInbox({ pool, figures, wakeDelivery, oldestOrderAt, orders, backOff: timings.backOff, onFault }, channel, ended, check),
    onFault,
  });
  const wakeWork = (): void => inbox.nudge();
  const polled = kinds.map(({ name }) => name);
  const polling = new ChannelWork({
    processes: new ProcessTable(pool, 'channels.process', 'polling', times),
    everyMs: Math.min(timings.channelPollMs, timings.pollMs),
    due: (most) => dueForPolling(pool, polled, most),
    work: (channel, ended, check) => pollChannel({ pool, accounts, timings, wakeWork, newId: randomUUID }, channel, ended, check),
    onFault: warn('a channel could not be polled and is tried again'),
  });
  compares.start();
  inbox.start();
  polling.start();
  return {
    hooks: new HooksService({ pool, accounts: new HookAccounts(pool, accounts, stopping.signal), logger, metrics, wakeWork }),
    takingAgain: new TakingAgain({
      pool,
      processes: new ProcessTable(pool, 'channels.process', 'inbox', { ...times, patienceMs: BY_HAND_PATIENCE_MS }),
      orders,
    }),
    nudge: wakeWork,
    stop: async () => {
      stopping.abort();
      await Promise.all([polling.stop(), inbox.stop()]);
      await compares.stop();
      await locations.stop();
    },
  };
}
