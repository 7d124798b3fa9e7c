import { Injectable } from '@nestjs/common';
import { STREAMS } from '@holdfast/contracts';
import type { EventStore, RecordedEvent } from '@holdfast/event-store';
import { boundOfChannel, channelBounds, type ChannelBounds, type SkuState } from '@holdfast/inventory';
import { inSlices } from '@holdfast/kit';
import type { SkuLedger } from '@holdfast/ledger';
import { Problem, unknownSkus } from '@holdfast/platform';
import {
  balancesAsOf,
  channelBoundsAsOf,
  explain,
  Histories,
  HistoryLoading,
  HistoryTooLong,
  knownAt,
  lateFacts,
  recentHistory,
  type AsOfBalance,
  type ChannelThen,
  type Clocks,
  type ExplainedFigure,
  type Known,
  type LateFacts,
  type NamedMovement,
  type SkuHistory,
} from '@holdfast/read-model';
import { channelThen } from './channel-then.js';
import { beforeFirstEvent } from './clocks.js';

export interface SkuAsked {
  readonly tenant: string;
  readonly sku: string;
}

/** Of the present a figure of a channel is explained whatever the length of its stream; of the past up to so many events. */
const MOST_EVENTS_READ_AGAIN = 100_000;

/** A stream of more events is not read whole for a question about the present. */
const LONG_STREAM = 5_000;

/** By revision: events that an answer names. */
export type NamedEvents = ReadonlyMap<number, RecordedEvent>;

interface Found {
  readonly history: SkuHistory;
  readonly known: Known;
  /** What the SKU's limits leave to channels at present. */
  readonly bounds: ChannelBounds | undefined;
}

export interface Outline {
  /** Revision of the newest known event. */
  readonly revision: number;
  /** Revision from which on events were read: above 0 for the present of a long stream. */
  readonly explainedFrom: number;
  readonly firstRecordedAt: number;
  /** Earliest time at which units moved by a known event; before the first record where it came late. */
  readonly earliestEffectiveAt: number;
}

export interface StockAsOf extends Outline {
  readonly balances: readonly AsOfBalance[];
  /** The same as it was known at that very time. */
  readonly knownThen: readonly AsOfBalance[];
  readonly late: LateFacts;
  readonly events: NamedEvents;
}

export interface StockExplained extends Outline {
  readonly figure: ExplainedFigure;
  readonly events: NamedEvents;
}

export interface FigureAsked {
  readonly locationId?: string | undefined;
  readonly channelId?: string | undefined;
  /** Most events that a step names. */
  readonly events: number;
}

/** Answers questions about the past from the streams of SKUs. */
@Injectable()
export class StockPast {
  constructor(
    private readonly store: EventStore,
    private readonly histories: Histories,
    private readonly ledger: Pick<SkuLedger, 'read'>,
  ) {}

  /** @throws Problem 404 `unknown_sku`, 422 `before_first_event` or `history_too_long`, 503 `history_loading` */
  async asOf(asked: SkuAsked, clocks: Clocks, mostEvents: number): Promise<StockAsOf> {
    const isNow = clocks.at === undefined && clocks.knownAt === undefined;
    const { history, known } = isNow ? await this.present(asked) : await this.known(asked, clocks);
    const balances = await inSlices(balancesAsOf(history, known));
    const then = clocks.at === undefined ? known : await inSlices(knownAt(history, { at: clocks.at, knownAt: clocks.at }));
    const knownThen = then === known ? balances : await inSlices(balancesAsOf(history, then));
    const late = await inSlices(lateFacts(history, known, mostEvents));
    return { ...outline(history, known), balances, knownThen, late, events: await this.named(asked, late.newest) };
  }

  /** @throws Problem as `asOf`, and 404 `unknown_channel` or `unknown_item` */
  async explain(asked: SkuAsked, clocks: Clocks, { locationId, channelId, events }: FigureAsked): Promise<StockExplained> {
    const settings = channelId === undefined ? undefined : await this.channel(asked, channelId, clocks.at ?? clocks.knownAt);
    const isNow = clocks.at === undefined && clocks.knownAt === undefined;
    const { history, known, bounds } = isNow ? await this.present(asked) : await this.known(asked, clocks);
    if (locationId !== undefined && !history.locations.list.includes(locationId)) throw unknownItem(asked, locationId);
    let channel: ChannelThen | undefined;
    if (settings !== undefined && channelId !== undefined) {
      const limits = isNow || bounds === undefined ? bounds : await this.boundsThen(asked, history, known);
      channel = { ...settings, bound: limits && boundOfChannel(limits, channelId) };
    }
    const figure = await inSlices(explain(history, { known, locationId, channel, events }));
    const named = figure.steps.flatMap((step) => step.events);
    return { ...outline(history, known), figure, events: await this.named(asked, named) };
  }

  /** Of a long stream that nobody asked about yet, only the newest events are read: the ledger knows the balances by a snapshot. */
  private async present(asked: SkuAsked): Promise<Found> {
    const { tenant, sku } = asked;
    const stream = STREAMS.stock.streamOf(tenant, sku);
    if (this.histories.holds(tenant, sku)) return this.known(asked, {});
    const [newest] = await this.store.readStream(stream, { direction: 'backwards', limit: 1 });
    if (newest === undefined || newest.revision < LONG_STREAM) return this.known(asked, {});
    const { state, revision } = await this.ledger.read(asked);
    const bounds = channelBounds(state);
    const history = await recentHistory(this.store, stream, { revision, balances: balancesOf(state) });
    return { history, known: { events: history.events, at: Number.POSITIVE_INFINITY }, bounds };
  }

  /** The bounds are those of the present, taken before anything else is awaited. */
  private async known({ tenant, sku }: SkuAsked, clocks: Clocks): Promise<Found> {
    const history = await this.histories.read(tenant, sku, clocks.knownAt).catch(refuseHistory);
    if (history.events === 0) throw unknownSkus([sku]);
    const bounds = channelBounds(history.state);
    const events = history.events;
    const known = await inSlices(knownAt(history, clocks));
    if (known.events === 0) throw beforeFirstEvent(history.recordedAtOf(0));
    return { history, known: { ...known, events: Math.min(known.events, events) }, bounds };
  }

  private async channel({ tenant }: SkuAsked, channelId: string, at: number | undefined): Promise<Omit<ChannelThen, 'bound'>> {
    const settings = await channelThen(this.store, tenant, channelId, at);
    if (settings !== undefined) return settings;
    throw new Problem(404, 'unknown_channel', 'There was no such channel at that time', { details: [{ channelId }] });
  }

  private async boundsThen({ tenant, sku }: SkuAsked, history: SkuHistory, known: Known): Promise<ChannelBounds | undefined> {
    if (known.events > MOST_EVENTS_READ_AGAIN) throw tooLong(MOST_EVENTS_READ_AGAIN);
    const balances = await inSlices(balancesAsOf(history, known));
    return channelBoundsAsOf(this.store, STREAMS.stock.streamOf(tenant, sku), known, balances);
  }

  /** Reads of one turn share a statement. */
  private async named({ tenant, sku }: SkuAsked, movements: readonly NamedMovement[]): Promise<NamedEvents> {
    const stream = STREAMS.stock.streamOf(tenant, sku);
    const revisions = new Set(movements.flatMap(({ revision }) => revision ?? []));
    const pages = await Promise.all([...revisions].map((from) => this.store.readStream(stream, { from, limit: 1 })));
    return new Map(pages.flat().map((event) => [event.revision, event]));
  }
}

function balancesOf({ balances, inTransit }: SkuState): readonly AsOfBalance[] {
  const coming = new Map<string, number>();
  for (const { toLocationId, quantity } of inTransit.values()) coming.set(toLocationId, (coming.get(toLocationId) ?? 0) + quantity);
  return [...balances].map(([locationId, balance]) => ({ locationId, ...balance, inTransit: coming.get(locationId) ?? 0 }));
}

const outline = (history: SkuHistory, { events }: Known): Outline => ({
  revision: history.revisionOf(events - 1) ?? history.firstRevision - 1,
  explainedFrom: history.firstRevision,
  firstRecordedAt: history.recordedAtOf(0),
  earliestEffectiveAt: history.earliestOf(events - 1),
});

const unknownItem = ({ sku }: SkuAsked, locationId: string): Problem =>
  new Problem(404, 'unknown_item', 'The product has never lain at this location', { details: [{ sku, locationId }] });

const tooLong = (mostEvents: number): Problem =>
  new Problem(422, 'history_too_long', 'The stream is too long for this question; read its events page by page', {
    details: [{ mostEvents }],
  });

function refuseHistory(error: unknown): never {
  if (error instanceof HistoryTooLong) throw tooLong(error.mostEvents);
  if (!(error instanceof HistoryLoading)) throw error;
  throw new Problem(503, 'history_loading', 'The stream is long and is read for the first time; ask again shortly', {
    details: [{ eventsRead: error.eventsRead }],
    headers: { 'retry-after': '1' },
  });
}
