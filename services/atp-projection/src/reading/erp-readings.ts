import { Injectable } from '@nestjs/common';
import { messageDataSchemas, TOPICS, validatorOf, type ErpReading } from '@holdfast/contracts';
import type { Clock } from '@holdfast/kit';
import type { Bus, BusSubscription, IncomingMessage } from '@holdfast/messaging';
import { isRecord } from '@holdfast/platform';
import type { ErpFigureView, FigureAt } from './erp-figure.dto.js';

interface Feed {
  /** Epoch milliseconds; undefined before the first complete poll. */
  readonly asOf: number | undefined;
  readonly staleAfterMs: number;
}

const faultsOf = validatorOf(messageDataSchemas['holdfast.erp.reading.v1']);

/** How old the figures of polled ERP connections are, kept in memory from the topic of readings. */
@Injectable()
export class ErpReadings {
  /** By tenant and connection, as the keys of the topic name them. */
  private readonly readings = new Map<string, ErpReading>();
  /** Of each tenant and location, the connections that feed it. */
  private feeds: ReadonlyMap<string, readonly Feed[]> = new Map();
  private subscription: BusSubscription | undefined;

  constructor(private readonly clock: Clock) {}

  async follow(bus: Pick<Bus, 'tail'>, onFault: (error: unknown) => void): Promise<void> {
    const onMessages = (messages: readonly IncomingMessage[]): Promise<void> => Promise.resolve(this.take(messages));
    this.subscription = await bus.tail({ topics: [TOPICS.erpReadings.name], from: 'earliest', onMessages, onFault });
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
  }

  take(messages: readonly Pick<IncomingMessage, 'key' | 'value'>[]): void {
    for (const { key, value } of messages) {
      const reading = value === null ? undefined : readingOf(value);
      if (reading !== undefined) this.readings.set(key, reading);
      else if (value === null) this.readings.delete(key);
    }
    this.feeds = feedsOf(this.readings);
  }

  /** Where several connections feed a location, the one that was read the longest ago counts. */
  of(tenant: string): FigureAt {
    const now = this.clock.now();
    return (locationId) => oldestOf(this.feeds.get(placeKey(tenant, locationId)), now);
  }
}

function oldestOf(feeds: readonly Feed[] | undefined, now: number): ErpFigureView | undefined {
  if (feeds === undefined) return undefined;
  let oldest: number | null = now;
  let isStale = false;
  for (const { asOf, staleAfterMs } of feeds) {
    oldest = oldest === null || asOf === undefined ? null : Math.min(oldest, asOf);
    isStale ||= asOf === undefined || now - asOf > staleAfterMs;
  }
  return {
    asOf: oldest === null ? null : new Date(oldest).toISOString(),
    ageSeconds: oldest === null ? null : Math.floor((now - oldest) / 1_000),
    isStale,
  };
}

// A tenant's name has no bar.
const placeKey = (tenant: string, locationId: string): string => `${tenant}|${locationId}`;

function feedsOf(readings: ReadonlyMap<string, ErpReading>): ReadonlyMap<string, readonly Feed[]> {
  const feeds = new Map<string, Feed[]>();
  for (const [key, { locationIds, asOf, staleAfterSeconds }] of readings) {
    const feed = { asOf: asOf === undefined ? undefined : Date.parse(asOf), staleAfterMs: staleAfterSeconds * 1_000 };
    for (const locationId of locationIds) {
      const place = placeKey(key.slice(0, key.indexOf('|')), locationId);
      feeds.set(place, [...(feeds.get(place) ?? []), feed]);
    }
  }
  return feeds;
}

/** Undefined where the message is none of a reading. */
function readingOf(value: string): ErpReading | undefined {
  try {
    const message: unknown = JSON.parse(value);
    const data = isRecord(message) ? message['data'] : undefined;
    return faultsOf(data).length === 0 ? (data as ErpReading) : undefined;
  } catch {
    return undefined;
  }
}
