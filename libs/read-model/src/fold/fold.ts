import { readEvent, type ReadEvent } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { balanceChanges } from '@holdfast/inventory';
import type { SkuEvent } from '@holdfast/inventory';
import type { ChangeSet, StockChange } from './change-set.js';
import { Locations } from './locations.js';
import type { Moment } from './moment.js';
import { momentOf } from './moment.js';
import { Recent } from './recent.js';
import { afterOrderEvent, afterSkuEvent, isSingleSku } from './reservations.js';
import type { RowSource, TenantKey } from './row-source.js';
import { keyOf } from './row-source.js';
import type { ChannelAtpRow, ChannelRow, PositionRow, ProductRow, ReservationRow } from './rows.js';
import { isPastRetention } from '../storage/retention.js';
import { Unprojectable } from '../set-aside/turn-failed.js';
import { SkuRows } from './sku-rows.js';

export interface FoldLimits {
  /** SKUs kept in memory between turns. */
  readonly skus: number;
  readonly reservations: number;
}

export const DEFAULT_FOLD_LIMITS: FoldLimits = { skus: 20_000, reservations: 20_000 };

const NOTHING_STORED = { product: undefined, stock: [], positions: [], channelAtp: [] };

/**
 * Called by `Projection`. Takes events and returns changed rows; it does not know where rows are stored. Call `add` for any number of
 * batches, then `take`; between two calls of `take` the version of a row grows by one at most.
 */
export class Fold {
  private readonly skus: Recent<SkuRows>;
  private readonly reservations: Recent<{ row: ReservationRow }>;
  private readonly locations: Locations;
  private readonly changedSkus = new Set<SkuRows>();
  private readonly changedReservations = new Map<string, ReservationRow>();

  constructor(
    private readonly source: RowSource,
    private readonly channels: ReadonlyMap<string, ReadonlyMap<string, ChannelRow>>,
    limits: FoldLimits = DEFAULT_FOLD_LIMITS,
  ) {
    this.skus = new Recent(limits.skus);
    this.reservations = new Recent(limits.reservations);
    this.locations = new Locations(source);
  }

  /** Number of keys with rows for the next `take`. */
  get waiting(): number {
    return this.changedSkus.size + this.changedReservations.size;
  }

  /**
   * Folds events in their order. Channel events must not be among them: they change whole tables.
   * @throws Unprojectable for an event that cannot be read or applied
   */
  async add(events: readonly RecordedEvent[]): Promise<void> {
    const read = events.map((event) => attempt(event, () => prepare(event)));
    await this.load(read);
    for (const each of read) attempt(each.event, () => this.apply(each));
  }

  take(): ChangeSet {
    const products: ProductRow[] = [];
    const stock: StockChange[] = [];
    const positions: PositionRow[] = [];
    const channelAtp: ChannelAtpRow[] = [];
    for (const rows of this.changedSkus) {
      rows.takeLimits();
      const product = rows.takeProduct();
      if (product !== undefined) products.push(product);
      const changes = rows.takeStock();
      for (const change of changes) stock.push(change);
      for (const row of rows.takePositions()) positions.push(row);
      const channels = this.channels.get(rows.tenant)?.values() ?? [];
      for (const row of rows.takeChannelAtp(channels, changes)) channelAtp.push(row);
    }
    const reservations = [...this.changedReservations.values()];
    this.changedSkus.clear();
    this.changedReservations.clear();
    this.skus.nextTurn();
    this.reservations.nextTurn();
    return { products, stock, positions, channelAtp, reservations, locations: this.locations.take() };
  }

  /** Drops the cached rows of a tenant's SKUs after they were changed in the tables directly. Only between `take` and the next `add`. */
  forgetSkus(tenant: string): void {
    this.skus.forget((key) => key.startsWith(keyOf(tenant, '')));
  }

  private async load(read: readonly PreparedEvent[]): Promise<void> {
    const skus = new Map<string, TenantKey>();
    const reservations = new Map<string, TenantKey>();
    const tenants = new Set<string>();
    const want = (into: Map<string, TenantKey>, kept: { has(key: string): boolean }, tenant: string, id: string): void => {
      const key = keyOf(tenant, id);
      if (!kept.has(key)) into.set(key, { tenant, id });
    };
    const begun = new Set<string>();
    for (const { moment, projected, reservationId: id } of read) {
      tenants.add(moment.tenant);
      if (projected.family === 'stock') want(skus, this.skus, moment.tenant, projected.key);
      if (id === undefined) continue;
      if (begins(projected)) begun.add(keyOf(moment.tenant, id));
      else if (!begun.has(keyOf(moment.tenant, id))) want(reservations, this.reservations, moment.tenant, id);
    }
    const [stored] = await Promise.all([
      skus.size === 0 ? undefined : this.source.skus([...skus.values()]),
      this.loadReservations([...reservations.values()]),
      this.locations.load([...tenants]),
    ]);
    for (const [key, { tenant, id }] of skus) this.skus.keep(key, new SkuRows(tenant, id, stored?.get(key) ?? NOTHING_STORED));
    await this.loadStates(read);
  }

  /** For SKUs with limits, and those that are given some. */
  private async loadStates(read: readonly PreparedEvent[]): Promise<void> {
    const first = new Map<SkuRows, number>();
    const wanted = new Set<SkuRows>();
    for (const { projected, moment, event } of read) {
      if (projected.family !== 'stock') continue;
      const rows = this.skus.use(keyOf(moment.tenant, projected.key));
      if (rows === undefined) continue;
      if (!first.has(rows)) first.set(rows, event.revision);
      if (rows.needsState || (!rows.hasState && setsLimits(projected.event))) wanted.add(rows);
    }
    for (const rows of wanted) rows.keepState(await this.source.stateBefore(rows.tenant, rows.sku, first.get(rows) ?? 0));
  }

  private async loadReservations(keys: readonly TenantKey[]): Promise<void> {
    if (keys.length === 0) return;
    for (const row of await this.source.reservations(keys)) this.reservations.keep(keyOf(row.tenant, row.reservationId), { row });
  }

  private apply({ event, projected, moment, reservationId }: PreparedEvent): void {
    switch (projected.family) {
      case 'stock':
        return this.applyToSku(projected, moment, reservationId, event.metadata.at);
      case 'order':
        return this.keepReservation(projected.key, moment, (row) => afterOrderEvent(row, projected.event, moment));
      case 'locations':
        return this.locations.put(projected.event, moment);
      case 'channels':
        throw new Error('a channel event was handed to the fold of rows');
      // The effect of a process on stock is in the events of its SKUs.
      case 'transfer':
      case 'request':
      case 'count':
      case 'adjustment':
      case 'replrule':
      case 'rebalance':
      case 'hold':
      case 'putaway':
      case 'bin':
        return;
      default:
        return projected satisfies never;
    }
  }

  private applyToSku(
    projected: Extract<ReadEvent, { family: 'stock' }>,
    moment: Moment,
    reservationId: string | undefined,
    at: number,
  ): void {
    const { key: sku, event } = projected;
    const rows = this.skus.use(keyOf(moment.tenant, sku));
    if (rows === undefined) throw new Error(`rows of ${sku} were not loaded`);
    this.changedSkus.add(rows);
    rows.meet(moment);
    rows.evolve(event, at);
    if (event.type === 'ProductDescribed') rows.describe(event, moment);
    rows.keepLots(event, at, moment);
    for (const change of balanceChanges(event)) {
      const { locationId } = change.place;
      const isNew = rows.change(change, moment, this.locations.isClosed(moment.tenant, locationId));
      if (isNew) this.locations.mention(locationId, moment);
    }
    if (reservationId !== undefined) this.keepReservation(reservationId, moment, (row) => afterSkuEvent(row, event, sku, moment));
  }

  private keepReservation(id: string, moment: Moment, next: (row: ReservationRow | undefined) => ReservationRow | undefined): void {
    const key = keyOf(moment.tenant, id);
    const known = this.reservations.use(key)?.row;
    const row = next(known !== undefined && isPastRetention(known, moment.recordedAt) ? undefined : known);
    if (row === undefined) return;
    this.reservations.keep(key, { row });
    this.changedReservations.set(key, row);
  }
}

interface PreparedEvent {
  readonly event: RecordedEvent;
  readonly moment: Moment;
  readonly projected: ReadEvent;
  readonly reservationId: string | undefined;
}

function prepare(event: RecordedEvent): PreparedEvent {
  const projected = readEvent(event);
  return { event, moment: momentOf(event), projected, reservationId: reservationOf(projected) };
}

function attempt<Result>(event: RecordedEvent, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new Unprojectable(event, error);
  }
}

/** The reservation whose row an event may change. */
function reservationOf(projected: ReadEvent): string | undefined {
  if (projected.family === 'order') return projected.key;
  if (projected.family !== 'stock' || !('reservationId' in projected.event)) return undefined;
  return isSingleSku(projected.event.reservationId) ? projected.event.reservationId : undefined;
}

const begins = (projected: ReadEvent): boolean =>
  (projected.family === 'stock' && projected.event.type === 'ReservationPlaced') ||
  (projected.family === 'order' && projected.event.type === 'OrderStarted');

const setsLimits = ({ type }: SkuEvent): boolean => type === 'LimitsSet' || type === 'AllocationSet';
