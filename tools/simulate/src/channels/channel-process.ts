import {
  Accounts,
  DEFAULT_TIMINGS,
  memoryStore,
  providersByName,
  shopifyProvider,
  startDelivery,
  type ChannelRef,
  type DeliveryStore,
  type DesiredFigure,
  type Figure,
  type SettledListing,
  type SharedAccount,
} from '@holdfast/channel-connector';
import { reach, type Life } from '@holdfast/simulation';
import { compareChannel, type Comparing } from './comparing.js';
import { plainProvider } from './vendors/plain-provider.js';
import { sealer, type ChannelWorld } from './world.js';

/** Short times, so that leases pass and pauses end within a storm. A lease is longer than a call, as in the product. */
const TIMINGS = {
  ...DEFAULT_TIMINGS,
  pollMs: 1_000,
  leaseMs: 6_000,
  gatherMs: 50,
  backOff: { firstMs: 250, mostMs: 4_000 },
  breakerOpenMs: 1_000,
  unauthorizedMs: 2_000,
};

const PROVIDERS = providersByName([plainProvider, shopifyProvider]);

/** One life of a connector process: the product's delivery over a database and vendors that fail. */
export interface ChannelProcess {
  readonly life: Life;
  /** Stores figures as the topic's consumer does. @throws where the database does not answer */
  take(figures: readonly DesiredFigure[]): Promise<void>;
  /** A hook tells that a listing shows a figure since then. */
  shown(channel: ChannelRef, listingId: string, figure: Figure, at: number): Promise<void>;
  /** A hook tells that an accepted write has ended. */
  ended(channel: ChannelRef, reference: string): Promise<void>;
  compare(channel: ChannelRef): Promise<void>;
  /** Ends as a program does that is told to. */
  stop(): Promise<void>;
}

export function startChannelProcess(world: ChannelWorld, life: Life): ChannelProcess {
  const { channels, plant } = world;
  const random = world.random.fork();
  const asks = <Args extends readonly unknown[], Result>(work: (...args: Args) => Result | Promise<Result>) =>
    askDatabase(world, life, work);
  const shared = (channelId: string): SharedAccount => {
    const { tokens, limits } = plant?.shared?.(world.shared.of(channelId), life) ?? world.shared.of(channelId);
    return {
      tokens: {
        valid: asks((spareMs) => tokens.valid(spareMs)),
        stored: asks(() => tokens.stored()),
        claim: asks((spareMs, renewalMs) => tokens.claim(spareMs, renewalMs)),
        prolong: asks((renewalMs) => tokens.prolong(renewalMs)),
        store: asks((access, validMs, refresh) => tokens.store(access, validMs, refresh)),
        free: asks(() => tokens.free()),
        refuse: asks((access) => tokens.refuse(access)),
      },
      limits: { change: (names, change) => asks(() => limits.change(names, change))() },
    };
  };
  const client = world.network.client(life);
  const accounts = new Accounts({
    shared: ({ channelId }) => shared(channelId),
    sealer,
    providers: PROVIDERS,
    client: plant?.client?.(client) ?? client,
    now: channels.now,
    timers: life,
    newId: () => random.uuid(),
  });
  const opening: Pick<Accounts, 'open'> = {
    open: (stored, stopped) => {
      const { provider, account } = accounts.open(stored, stopped);
      return { provider, account: plant?.account?.(account) ?? account };
    },
  };
  const owner = random.uuid();
  const kept = memoryStore(channels, owner, TIMINGS);
  const planted = plant?.store?.(kept, channels) ?? kept;
  const delivery = startDelivery({
    store: audited(world, life, owner, planted),
    timings: TIMINGS,
    accounts: opening,
    observe: () => undefined,
    onFault: () => undefined,
    timers: life,
    random: () => random.next(),
  });
  const comparing: Comparing = { world, accounts: opening, asks: (work) => asks(work)(), wake: () => delivery.nudge() };
  return {
    life,
    take: async (figures) => {
      await asks(() => channels.store(plant?.figures?.(figures) ?? figures))();
      delivery.nudge();
    },
    shown: asks((channel, listingId, figure, at) => channels.shown(channel, listingId, figure, at)),
    ended: async (channel, reference) => {
      await asks(() => channels.settled(channel, reference))();
      delivery.nudge();
    },
    compare: (channel) => compareChannel(comparing, channel),
    stop: async () => {
      await delivery.stop();
      life.end();
    },
  };
}

const NO_ANSWER = new Error('the simulated database did not answer');

/** A call of the database in one life of a process. */
function askDatabase<Args extends readonly unknown[], Result>(
  { database }: ChannelWorld,
  life: Life,
  work: (...args: Args) => Result | Promise<Result>,
): (...args: Args) => Promise<Result> {
  return (...args) =>
    reach(
      life,
      database,
      async () => work(...args),
      () => NO_ANSWER,
    );
}

/** The store of one life, over the database; the auditor reads what is written down. */
function audited(world: ChannelWorld, life: Life, owner: string, { leases, listings, settlement }: DeliveryStore): DeliveryStore {
  const { auditor, channels } = world;
  const asks = <Args extends readonly unknown[], Result>(work: (...args: Args) => Promise<Result>) => askDatabase(world, life, work);
  const settling =
    <Rest extends readonly unknown[]>(work: (channel: ChannelRef, entries: readonly SettledListing[], ...rest: Rest) => Promise<void>) =>
    async (channel: ChannelRef, entries: readonly SettledListing[], ...rest: Rest): Promise<void> => {
      auditor.settles(channel.channelId, entries);
      // Where another process has taken the channel meanwhile nothing is written down, as if this one had ended in the call.
      let isWriter = false;
      const settle = asks((...args: Parameters<typeof work>) => {
        isWriter = channels.channel(channel)?.owner === owner;
        return work(...args);
      });
      try {
        await settle(channel, entries, ...rest);
        if (isWriter) auditor.settled(life, channel.channelId, entries);
        else auditor.unsettled(life, channel.channelId);
      } catch (error) {
        auditor.unsettled(life, channel.channelId);
        throw error;
      }
    };
  return {
    leases: {
      waiting: asks((limit, written) => leases.waiting(limit, written)),
      take: asks((channel) => leases.take(channel)),
      releaseAll: asks(() => leases.releaseAll()),
    },
    listings: {
      backlog: asks((channel) => listings.backlog(channel)),
      due: asks((channel, most, limit) => listings.due(channel, most, limit)),
      pending: asks((channel, limit) => listings.pending(channel, limit)),
    },
    settlement: {
      settle: settling((channel, entries, healthy) => settlement.settle(channel, entries, healthy)),
      confirm: settling((channel, entries) => settlement.confirm(channel, entries)),
      readBack: asks((channel, figures) => settlement.readBack(channel, figures)),
      pause: asks((channel, fault, ms) => settlement.pause(channel, fault, ms)),
      wait: asks((channel, says, ms) => settlement.wait(channel, says, ms)),
      gone: asks((channel, fault) => settlement.gone(channel, fault)),
    },
  };
}
