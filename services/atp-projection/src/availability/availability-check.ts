import { Injectable } from '@nestjs/common';
import type { Position } from '@holdfast/event-store';
import { MAIN_LOCATION, availableUnits } from '@holdfast/inventory';
import type { ChannelPolicy } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import { findChannels, findLocations, findStock } from '@holdfast/read-model';
import { Freshness } from '../reading/freshness.js';
import type { Reflected } from '../reading/freshness.js';
import { ReadTables } from '../reading/read-tables.js';
import type { CheckLine, CheckRequest, CheckView } from './availability.dto.js';
import type { KnownStock, Terms } from './promise.js';
import { promise } from './promise.js';

/** A tenant has no more locations than this. */
const ALL_LOCATIONS = { limit: 10_000, offset: 0 };
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
    const terms = await this.terms(tenant, request);
    const found =
      request.consistency === 'strong' ? await this.fromStreams(tenant, skus, terms.now) : await this.fromTables(tenant, skus, reflected);
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
      stock: stock.map(({ locationId, onHand, reserved, safetyStock }) => ({ locationId, available: onHand - reserved, safetyStock })),
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
        return { known: { sku, known: state.known, stock: balances }, at };
      });
      for (const { known, at } of await Promise.all(reads)) {
        stock.push(known);
        if (at > position) position = at;
      }
    }
    return { stock, position, asOf: now, ageMs: 0 };
  }

  private async terms(tenant: string, request: CheckRequest): Promise<Terms> {
    const [policy, locations] = await Promise.all([
      request.channelId === undefined ? undefined : this.policyOf(tenant, request.channelId),
      findLocations(this.tables, tenant, {}, ALL_LOCATIONS),
    ]);
    const priorities = new Map(locations.rows.map(({ locationId, priority }) => [locationId, priority]));
    if (request.locationId !== undefined && !priorities.has(request.locationId)) {
      const details = [{ locationId: request.locationId }];
      throw new Problem(404, 'unknown_location', 'Location not found or not accessible', { details });
    }
    const priorityOf = (locationId: string): number => priorities.get(locationId) ?? MAIN_LOCATION.priority;
    return { policy, locationId: request.locationId, priorityOf, now: this.clock.now() };
  }

  private async policyOf(tenant: string, channelId: string): Promise<ChannelPolicy> {
    const channel = (await findChannels(this.tables, tenant)).find((each) => each.channelId === channelId);
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

function addedUp(items: readonly CheckLine[]): ReadonlyMap<string, number> {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of items) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return quantities;
}
