import type { DueListing, HeldChannel } from '@holdfast/channel-connector';
import { dueAs } from './around.js';
import type { ChannelPlant } from './plant.js';

/** Mistakes of what is kept, and of the order in which it is told. */
export const keepingPlants: readonly ChannelPlant[] = [
  {
    name: 'figures-as-they-come',
    mistake: 'the figure that arrived last counts, wherever in the log it comes from',
    figures: (told) => {
      arrivals += 1;
      return told.map((figure) => ({ ...figure, position: String(1_000_000 + arrivals) }));
    },
  },
  {
    name: 'older-figure-sent-later',
    mistake: 'what is due was read before the last write, and is told after it',
    store: (real) => {
      const before = new Map<string, DueListing>();
      return dueAs(real, async (channel, most, limit) => {
        const due = await real.listings.due(channel, most, limit);
        return due.map((listing) => {
          const key = `${channel.channelId} ${listing.listingId}`;
          const older = before.get(key);
          before.set(key, listing);
          return older !== undefined && listing.version % 3 === 0 ? { ...older, unsure: listing.unsure } : listing;
        });
      });
    },
  },
  {
    name: 'settled-over-newer',
    mistake: 'a write that ended well ends whatever is due of its listing',
    store: (real, channels) => ({
      ...real,
      settlement: {
        ...methodsOf(real.settlement),
        settle: (channel, entries, healthy) =>
          real.settlement.settle(
            channel,
            entries.map((entry) => ({ ...entry, version: channels.listing(channel, entry.sku)?.version ?? entry.version })),
            healthy,
          ),
      },
    }),
  },
  {
    name: 'zero-behind-bulk',
    mistake: 'listings are told in the order in which they became due, zeros too',
    store: (real) =>
      dueAs(real, async (channel, most, limit) => {
        const due = await real.listings.due(channel, most, 1_000);
        return due.toSorted((one, other) => Number(one.urgent) - Number(other.urgent)).slice(0, limit);
      }),
  },
  {
    name: 'lost-answer-not-read-back',
    mistake: 'a listing whose write had no answer is written again at once',
    store: (real) => dueAs(real, async (...args) => (await real.listings.due(...args)).map((listing) => ({ ...listing, unsure: false }))),
  },
  {
    name: 'lease-unchecked',
    mistake: 'a process that had a channel once goes on writing to it',
    from: 140,
    store: (real) => {
      const had = new Map<string, HeldChannel>();
      return {
        ...real,
        leases: {
          waiting: (limit, written) => real.leases.waiting(limit, written),
          releaseAll: () => real.leases.releaseAll(),
          take: async (channel) => {
            const held = (await real.leases.take(channel)) ?? had.get(channel.channelId);
            if (held !== undefined) had.set(channel.channelId, held);
            return held;
          },
        },
      };
    },
  },
  {
    name: 'leases-not-kept',
    mistake: 'every process may have every channel',
    store: (real, channels) => ({
      ...real,
      leases: {
        waiting: (limit, written) => real.leases.waiting(limit, written),
        releaseAll: () => real.leases.releaseAll(),
        take: (channel) => {
          const row = channels.channel(channel);
          if (row !== undefined) row.owner = null;
          if (row !== undefined) row.leaseUntil = null;
          return real.leases.take(channel);
        },
      },
    }),
  },
  {
    name: 'echo-taken-for-edit',
    mistake: 'what a channel shows beside the last figure that it was told was set by hand',
    drift: (listing, shown) => {
      if (shown === null) return 'unmapped';
      if (shown.quantity === listing.wanted) return undefined;
      return shown.quantity === listing.told ? 'late' : 'foreign_edit';
    },
  },
  {
    name: 'edit-taken-for-late',
    mistake: 'what a channel shows is late as long as nobody says otherwise',
    drift: (listing, shown) => (shown === null || shown.quantity === listing.wanted ? undefined : 'late'),
  },
];

let arrivals = 0;

const methodsOf = (real: Parameters<NonNullable<ChannelPlant['store']>>[0]['settlement']) => ({
  confirm: real.confirm.bind(real),
  readBack: real.readBack.bind(real),
  pause: real.pause.bind(real),
  wait: real.wait.bind(real),
  gone: real.gone.bind(real),
});
