import { seen } from '../contract/bench.js';
import { deliveryStoreContract } from '../contract/suite.js';
import { CONTRACT_TIMINGS, type StoredListing } from '../contract/subject.js';
import { MemoryChannels } from './memory-channels.js';
import { memoryStore } from './memory-store.js';

const account = {
  provider: 'webhook',
  settings: {},
  credentials: '',
  revision: '1',
  lowThreshold: 10,
  conflictStrategy: 'master_wins',
} as const;

describe('what the delivery keeps, in memory', () => {
  deliveryStoreContract(() => {
    let now = 1_700_000_000_000;
    const channels = new MemoryChannels(() => now);
    const rowOf = (of: Parameters<MemoryChannels['listing']>[0], sku: string) => {
      const row = channels.listing(of, sku);
      if (row === undefined) throw new Error(`there is no listing of ${sku}`);
      return row;
    };
    const done = (work: void): Promise<void> => Promise.resolve(work);
    return Promise.resolve({
      store: (owner) => memoryStore(channels, owner, CONTRACT_TIMINGS),
      add: (channel, options) => done(channels.add({ ...channel, ...account, ...options })),
      map: (channel, mappings) => done(channels.map(channel, mappings)),
      figures: (figures) => done(channels.store(figures)),
      tellAgain: (channel, sku, listingId, shown) => done(channels.tellAgain(channel, [{ sku, listingId, shown }])),
      confirmShown: (channel, sku, listingId, version, quantity, prior) =>
        done(channels.confirmShown(channel, [seen(sku, listingId, version, quantity, prior)])),
      shown: (channel, listingId, quantity, agoMs) => done(channels.shown(channel, listingId, { quantity, parts: [] }, now - agoMs)),
      settled: (channel, reference) => done(channels.settled(channel, reference)),
      openConflict: (channel, sku, _listingId, quantity) => done(channels.openConflict(channel, sku, { quantity, parts: [] }, 'c')),
      decideConflict: (channel, sku) => done(channels.decideConflict(channel, sku)),
      pass: (ms) => {
        now += ms;
        return Promise.resolve();
      },
      listing: (channel, sku): Promise<StoredListing> => {
        const row = rowOf(channel, sku);
        return Promise.resolve({
          due: row.dueAt === null ? null : row.dueAt <= now ? 'now' : 'later',
          isTold: row.sentVersion === row.version,
          recent: row.recent,
          recentPlaces: row.recentPlaces,
          sent: row.sentQuantity,
          prior: row.priorQuantity,
          shown: row.shown?.quantity ?? null,
          unsure: row.unsure,
          pending: row.pending?.reference ?? null,
          fault: row.fault,
          attempts: row.attempts,
          urgent: row.urgent,
          forced: row.forced,
        });
      },
    });
  });
});
