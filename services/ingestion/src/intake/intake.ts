import type { Bus, IncomingMessage, MessageBatch, OutgoingMessage, RejectReason } from '@holdfast/messaging';
import { TOPICS } from '@holdfast/contracts';
import { EventStoreUnavailable } from '@holdfast/event-store';
import { LedgerBusy } from '@holdfast/ledger';
import { inSlices, ownTurn, runInLanes } from '@holdfast/kit';
import type { AutoMapping } from '../routing/auto-mapping.js';
import type { RoutingCache } from '../routing/routing-cache.js';
import type { Entry } from './entry.js';
import { topicKey } from './entry.js';
import type { Inbox } from './inbox.js';
import type { IntakeMetrics } from './intake-metrics.js';
import type { Clock, LedgerWriter } from './ledger-writer.js';
import { readMessage } from './read-message.js';
import type { Sorted } from './sort-entries.js';
import { sortEntries } from './sort-entries.js';
import { takeNext } from './take-next.js';

/**
 * Effects of one SKU that are not in the inbox yet. The ledger remembers the last 256 ids of a SKU, so that a repeat after a crash changes
 * nothing; half of them are left to what else changes the SKU meanwhile.
 */
const UNREMEMBERED_PER_SKU = 32;
/** As many as a batch has: their appends then share a commit. */
const SKUS_AT_ONCE = 1_000;

type Received = Entry & { readonly incoming: IncomingMessage };

interface Reading {
  readonly received: readonly Received[];
  /** With the key that they should have come under. */
  readonly misplaced: readonly OutgoingMessage[];
}

type Located = Extract<Sorted<Received>, { kind: 'located' }>;

export interface IntakeParts {
  readonly bus: Pick<Bus, 'publish'>;
  readonly inbox: Pick<Inbox, 'look' | 'remember'>;
  readonly routing: Pick<RoutingCache, 'atVersions'>;
  readonly autoMapping: Pick<AutoMapping, 'map'>;
  readonly writer: LedgerWriter;
  readonly metrics: IntakeMetrics;
  readonly clock: Clock;
  /** Called when a message went behind parked ones although its warehouse is mapped. */
  readonly onWaiting: () => void;
}

/** The queue of a SKU stayed full; the bus brings the batch again, and the inbox skips what took effect. */
class StillBusy extends Error {
  readonly transient = true;
  constructor(cause: LedgerBusy) {
    super(cause.message, { cause });
    this.name = 'StillBusy';
  }
}

/** Takes batches of ERP messages in: each is applied, parked or rejected, in order per SKU, once. */
export class Intake {
  constructor(private readonly parts: IntakeParts) {}

  async take(batch: MessageBatch): Promise<void> {
    const { received, misplaced } = await inSlices(this.read(batch));
    let rest: readonly Received[] = received;
    while (rest.length > 0) {
      const { taken, left } = takeNext(rest, skuOf, UNREMEMBERED_PER_SKU);
      await this.takeRound(taken, batch);
      rest = left;
    }
    if (misplaced.length > 0) await this.parts.bus.publish(TOPICS.erpStock.name, misplaced);
  }

  /** In steps, for `inSlices`: a batch is parsed and checked as a whole. */
  private *read(batch: MessageBatch): Generator<undefined, Reading> {
    const now = this.parts.clock.now();
    const received: Received[] = [];
    const misplaced: OutgoingMessage[] = [];
    for (const incoming of batch.messages) {
      yield;
      const reading = readMessage(incoming, now);
      if (reading.kind === 'entry') received.push({ ...reading.entry, incoming });
      else if (reading.kind === 'faulty') this.reject(batch, incoming, reading.reason);
      else {
        misplaced.push({ key: reading.key, value: incoming.value });
        this.parts.metrics.count('unreadable', 'rekeyed');
      }
    }
    return { received, misplaced };
  }

  private async takeRound(entries: readonly Received[], batch: MessageBatch): Promise<void> {
    const located: Located[] = [];
    const parked: Received[] = [];
    let waiting = false;
    const all = await this.sort(entries);
    // Sorting a batch and starting all its commands takes some ten milliseconds each.
    await ownTurn();
    for (const sorted of all) {
      if (sorted.kind === 'located') located.push(sorted);
      else if (sorted.kind === 'park') {
        parked.push(sorted.entry);
        waiting ||= sorted.mapped;
      } else if (sorted.kind === 'reject') this.reject(batch, sorted.entry.incoming, sorted.reason, sorted.entry);
      else this.parts.metrics.count(sorted.entry.message.type, 'duplicate');
    }

    const { effective, failures } = await this.apply(located, batch);
    await this.parts.inbox.remember(effective, parked);
    for (const { message } of parked) this.parts.metrics.count(message.type, 'parked');
    if (waiting) this.parts.onWaiting();
    if (failures.length > 0) throw worstOf(failures);
  }

  private async sort(entries: readonly Received[]): Promise<readonly Sorted<Received>[]> {
    const look = await this.parts.inbox.look(entries);
    const routing = await this.parts.routing.atVersions(look.versions);
    const sorted = sortEntries(entries, look, routing);
    const mapped = await this.parts.autoMapping.map(
      sorted.filter((one) => one.kind === 'park' && !one.mapped).map(({ entry }) => entry),
      routing,
    );
    return mapped ? this.sort(entries) : sorted;
  }

  private async apply(located: readonly Located[], batch: MessageBatch) {
    const effective: Received[] = [];
    const failures: unknown[] = [];
    const options = { laneOf: ({ entry }: Located) => skuOf(entry), lanes: SKUS_AT_ONCE, window: UNREMEMBERED_PER_SKU };
    const results = await runInLanes(located, options, ({ entry, placement }) => this.parts.writer.apply({ ...entry, placement }));
    for (const result of results) {
      const { entry } = result.item;
      if (result.kind === 'failed') {
        if (result.error !== undefined) failures.push(result.error);
      } else if (result.result.kind === 'refused') {
        this.reject(batch, entry.incoming, refusalReason(result.result.code, result.result.details), entry);
      } else {
        effective.push(entry);
        const stale = result.result.events.some(({ type }) => type === 'LevelRefused');
        this.parts.metrics.count(entry.message.type, stale ? 'stale' : 'applied');
        this.parts.metrics.lag(this.parts.clock.now() - entry.incoming.timestamp);
      }
    }
    return { effective, failures };
  }

  private reject(batch: MessageBatch, incoming: IncomingMessage, reason: RejectReason, entry?: Entry): void {
    batch.reject(incoming, reason);
    this.parts.metrics.count(entry?.message.type ?? 'unreadable', 'rejected');
  }
}

/** One that ends by itself, if there is one: then nothing may be given up yet. Other errors are for the bus to narrow down. */
function worstOf(failures: readonly unknown[]): unknown {
  const busy = failures.find((failure) => failure instanceof LedgerBusy);
  if (busy instanceof LedgerBusy) return new StillBusy(busy);
  return failures.find((failure) => failure instanceof EventStoreUnavailable) ?? failures[0];
}

const skuOf = ({ tenant, message }: Entry): string => topicKey(tenant, message.sku);

/** Why the domain would not take a message. */
export const refusalReason = (code: string, details: Readonly<Record<string, unknown>>): RejectReason => ({
  code,
  message: `the stock of this SKU cannot take the message: ${JSON.stringify(details)}; correct it and replay`,
});
