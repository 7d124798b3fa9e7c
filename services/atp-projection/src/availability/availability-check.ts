import { Injectable } from '@nestjs/common';
import type { Position } from '@holdfast/event-store';
import { MAIN_LOCATION, availableOf, availableUnits, channelBoundsAt, isKeptByChannel } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import { findChannel, findPriorities, findStock, type ChannelRow, type StockRow } from '@holdfast/read-model';
import { Freshness } from '../reading/freshness.js';
import type { Reflected } from '../reading/freshness.js';
import { ReadTables } from '../reading/read-tables.js';
import type { CheckLine, CheckRequest, CheckView } from './availability.dto.js';
import type { KnownStock } from './promise.js';
import { promise } from './promise.js';

const READS_AT_ONCE = 16;

export interface Checked {
  readonly view: CheckView;
  readonly position: Position;
}

/** Answers whether quantities can be had, from the projection or, when told so, from the event streams themselves. */
@Injectable()
export class AvailabilityCheck {
  constructor(
    private readonly tables: ReadTables,
    private readonly ledger: SkuLedger,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
  ) {}

  /** @param reflected what the projection reflected as the request came in */
  async check(tenant: string, request: CheckRequest, reflected: Reflected): Promise<Checked> {
    const requested = addedUp(request.items);
    const skus = [...requested.keys()];
    const now = this.clock.now();
    const [channel, found] = await Promise.all([
      request.channelId === undefined ? undefined : this.channel(tenant, request.channelId),
      request.consistency === 'strong' ? this.fromStreams(tenant, skus, now) : this.fromTables(tenant, skus, reflected),
    ]);
    const terms = { channel, now, locationId: request.locationId, priorityOf: await this.priorities(tenant, request, found) };
    const lines = found.stock.map((known) => promise(known, requested.get(known.sku) ?? 0, terms));
    const view = {
      available: lines.every(({ available }) => available),
      lines,
      consistency: request.consistency ?? ('projection' as const),
      position: found.position.toString(),
      asOf: found.asOf === undefined ? null : new Date(found.asOf).toISOString(),
      ageMs: found.ageMs,
    };
    return { view, position: found.position };
  }

  private async fromTables(tenant: string, skus: readonly string[], { position, recordedAt }: Reflected): Promise<Found> {
    const [rows, ageMs] = await Promise.all([findStock(this.tables, tenant, skus), this.freshness.ageMs(position)]);
    const stock = rows.map(({ sku, product, stock }) => ({
      sku,
      known: product !== undefined,
      stock: stock.map((row) => ({ locationId: row.locationId, available: availableOf(row), safetyStock: row.safetyStock })),
      bounds: product?.limits ?? { others: { units: unowedUnits(stock) }, channels: {} },
      isLimited: (product?.limits ?? null) !== null,
    }));
    return { stock, position, asOf: recordedAt, ageMs };
  }

  private async fromStreams(tenant: string, skus: readonly string[], now: number): Promise<Found> {
    const stock: KnownStock[] = [];
    let position: Position = -1n;
    for (let from = 0; from < skus.length; from += READS_AT_ONCE) {
      const reads = skus.slice(from, from + READS_AT_ONCE).map(async (sku) => {
        const { state, position: at } = await this.ledger.read({ tenant, sku });
        const balances = [...state.balances].map(([locationId, { safetyStock }]) => ({
          locationId,
          available: availableUnits(state, locationId, now),
          safetyStock,
        }));
        const bounds = channelBoundsAt(state, now);
        return { known: { sku, known: state.known, stock: balances, bounds, isLimited: state.limits !== undefined }, at };
      });
      for (const { known, at } of await Promise.all(reads)) {
        stock.push(known);
        if (at > position) position = at;
      }
    }
    return { stock, position, asOf: now, ageMs: 0 };
  }

  /** Of the locations that have any of it; where the request names one, it must be known. */
  private async priorities(tenant: string, { locationId }: CheckRequest, { stock }: Found): Promise<(id: string) => number> {
    const ids = locationId === undefined ? stock.flatMap((known) => known.stock.map((at) => at.locationId)) : [locationId];
    const priorities = await findPriorities(this.tables, tenant, [...new Set(ids)]);
    if (locationId !== undefined && !priorities.has(locationId))
      throw new Problem(404, 'unknown_location', 'Location not found or not accessible', { details: [{ locationId }] });
    return (id) => priorities.get(id) ?? MAIN_LOCATION.priority;
  }

  private async channel(tenant: string, channelId: string): Promise<ChannelRow> {
    const channel = await findChannel(this.tables, tenant, channelId);
    if (channel !== undefined) return channel;
    throw new Problem(404, 'unknown_channel', 'Channel not found or not accessible', { details: [{ channelId }] });
  }
}

interface Found {
  readonly stock: readonly KnownStock[];
  readonly position: Position;
  readonly asOf: number | undefined;
  readonly ageMs: number;
}

/** Free units over all locations of ours, less those that locations lack. */
const unowedUnits = (stock: readonly StockRow[]): number =>
  Math.max(
    0,
    stock.reduce(
      (units, { locationId, onHand, held, reserved }) => (isKeptByChannel(locationId) ? units : units + onHand - held - reserved),
      0,
    ),
  );

function addedUp(items: readonly CheckLine[]): ReadonlyMap<string, number> {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of items) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return quantities;
}
