import type { BalanceChange, ProductDescribed, SkuEvent, SkuState } from '@holdfast/inventory';
import { boundOfChannel, channelAtp, channelBounds, evolveSku, isKeptByChannel, LateMap, LateSet } from '@holdfast/inventory';
import { describeProduct, newProduct } from './described-product.js';
import { PositionRows } from './positions.js';
import { sameBounds } from './same-bounds.js';
import type { StockChange } from './change-set.js';
import type { Moment } from './moment.js';
import { addCause } from './moment.js';
import type { ChannelAtpRow, ChannelRow, LocationAtp, PositionRow, ProductRow, StockRow } from './rows.js';

/** Rows of one SKU as the tables hold them. */
export interface StoredSkuRows {
  readonly product: ProductRow | undefined;
  readonly stock: readonly StockRow[];
  readonly positions: readonly PositionRow[];
  readonly channelAtp: readonly ChannelAtpRow[];
}

interface Cell {
  readonly row: StockRow;
  /** The row as written last; undefined before the first time. */
  written: StockRow | undefined;
  causes: string[];
}

const NO_PARTS: readonly LocationAtp[] = [];

const sameFigures = (a: StockRow, b: StockRow): boolean =>
  a.onHand === b.onHand &&
  a.reserved === b.reserved &&
  a.inTransit === b.inTransit &&
  a.safetyStock === b.safetyStock &&
  a.held === b.held &&
  a.heldUnits === b.heldUnits;

/** Rows of one SKU in memory while events are folded onto them. The methods `take…` return what changed and end a turn. */
export class SkuRows {
  private product: ProductRow | undefined;
  private productChanged = false;
  private readonly cells = new Map<string, Cell>();
  /** The cells by location id; a SKU never loses one. */
  private sorted: readonly Cell[] = [];
  /** Of a SKU with limits; undefined as long as it is not needed. */
  private state: SkuState | undefined;
  private limitsChanged = false;
  private readonly positions: PositionRows;
  private newest: Moment | undefined;
  private readonly dirty = new LateSet<Cell>();
  private readonly atp = new LateMap<string, ChannelAtpRow>();

  constructor(
    readonly tenant: string,
    readonly sku: string,
    rows: StoredSkuRows,
  ) {
    this.product = rows.product;
    this.positions = new PositionRows(tenant, sku, rows.positions);
    for (const row of rows.stock) this.cells.set(row.locationId, { row, written: { ...row }, causes: [] });
    for (const row of rows.channelAtp) this.atp.set(row.channelId, row);
  }

  /** Call it for every event of the SKU first: the first event creates the product row, unverified. */
  meet(moment: Moment): void {
    this.newest = moment;
    if (this.product !== undefined) return;
    this.product = newProduct(this.tenant, this.sku, moment);
    this.productChanged = true;
  }

  describe(event: ProductDescribed, moment: Moment): void {
    this.meet(moment);
    this.changeProduct(moment, (product) => describeProduct(product, event));
  }

  /** Takes over what the event says of lots. @param at when it happened, epoch milliseconds */
  keepLots(event: SkuEvent, at: number, moment: Moment): void {
    this.positions.apply(event, at, moment);
    if (event.type === 'LotControlSet') this.changeProduct(moment, (product) => (product.lotControl = event.control));
  }

  takePositions(): readonly PositionRow[] {
    return this.positions.take();
  }

  /**
   * @param isClosed whether nothing of the location may leave
   * @returns whether the SKU had no row at that location before
   */
  change(change: BalanceChange, moment: Moment, isClosed = false): boolean {
    const { locationId } = change.place;
    const known = this.cells.get(locationId);
    const cell = known ?? this.newCell(locationId, moment);
    const { row } = cell;
    row.onHand += change.onHand;
    row.reserved += change.reserved;
    row.inTransit += change.inTransit;
    if (change.held !== undefined) row.heldUnits += change.held;
    row.held = isClosed ? Math.max(0, row.onHand) : row.heldUnits;
    if (change.safetyStock !== undefined) row.safetyStock = change.safetyStock;
    row.position = moment.position;
    row.updatedAt = moment.recordedAt;
    addCause(cell.causes, moment.cause);
    this.dirty.add(cell);
    return known === undefined;
  }

  /** Whether what channels may promise depends on more than the stock, so that the state must be known. */
  get needsState(): boolean {
    return this.state === undefined && (this.product?.limits ?? null) !== null;
  }

  get hasState(): boolean {
    return this.state !== undefined;
  }

  /** @param state as of before the next event; it is changed by `evolve` */
  keepState(state: SkuState): void {
    this.state = state;
  }

  /** @param at when the event happened, epoch milliseconds */
  evolve(event: SkuEvent, at: number): void {
    if (this.state !== undefined) evolveSku(this.state, event, at);
  }

  /** Call it before the other methods `take…`. */
  takeLimits(): void {
    const { product, newest } = this;
    const bounds = this.state === undefined ? undefined : channelBounds(this.state);
    if (bounds === undefined || product === undefined || newest === undefined || sameBounds(product.limits, bounds)) return;
    this.changeProduct(newest, (row) => (row.limits = bounds));
    this.limitsChanged = true;
  }

  takeProduct(): ProductRow | undefined {
    if (!this.productChanged || this.product === undefined) return undefined;
    this.productChanged = false;
    return { ...this.product };
  }

  /** Balances that differ from those written last; the others are left out and get no new version. */
  takeStock(): StockChange[] {
    const changes: StockChange[] = [];
    for (const cell of this.dirty) {
      if (cell.written === undefined || !sameFigures(cell.row, cell.written)) {
        cell.row.version += 1;
        cell.written = { ...cell.row };
        changes.push({ row: cell.written, causes: cell.causes });
      }
      cell.causes = [];
    }
    this.dirty.clear();
    return changes;
  }

  /** Rows whose promisable units changed, in all or at a location. @param changed what `takeStock` returned */
  takeChannelAtp(channels: Iterable<ChannelRow>, changed: readonly StockChange[]): ChannelAtpRow[] {
    const newest = changed.reduce<StockRow | undefined>(
      (a, { row }) => (a === undefined || row.position > a.position ? row : a),
      undefined,
    );
    if (newest === undefined && !this.limitsChanged) return [];
    const position = this.limitsChanged ? this.newest?.position : newest?.position;
    const updatedAt = this.limitsChanged ? this.newest?.recordedAt : newest?.updatedAt;
    this.limitsChanged = false;
    if (position === undefined || updatedAt === undefined) return [];
    const unowed = this.unowedUnits();
    const changes: ChannelAtpRow[] = [];
    for (const channel of channels) {
      if (!channel.enabled) continue;
      const known = this.atp.get(channel.channelId);
      const locations = this.partsOf(channel, known?.locations ?? NO_PARTS);
      const limits = this.product?.limits ?? null;
      const most = limits === null ? unowed : boundOfChannel(limits, channel.channelId).units;
      const atp = Math.min(
        most,
        locations.reduce((units, part) => units + part.atp, 0),
      );
      if (known !== undefined && known.atp === atp && known.locations === locations) continue;
      const row: ChannelAtpRow = {
        tenant: this.tenant,
        sku: this.sku,
        channelId: channel.channelId,
        atp,
        locations,
        version: (known?.version ?? 0) + 1,
        position,
        createdAt: known?.createdAt ?? updatedAt,
        updatedAt,
      };
      this.atp.set(channel.channelId, row);
      changes.push(row);
    }
    return changes;
  }

  /** What the channel may promise of each location that has any; the known list itself where it is the same. */
  private partsOf(channel: ChannelRow, known: readonly LocationAtp[]): readonly LocationAtp[] {
    const parts: LocationAtp[] = [];
    let isSame = true;
    for (const { row } of this.byLocation()) {
      if (isKeptByChannel(row.locationId)) continue;
      const atp = channelAtp(row.onHand - row.held - row.reserved, row.safetyStock, channel);
      if (atp === 0) continue;
      const before = known[parts.length];
      if (before?.locationId === row.locationId && before.atp === atp) parts.push(before);
      else {
        isSame = false;
        parts.push({ locationId: row.locationId, atp });
      }
    }
    return isSame && parts.length === known.length ? known : parts;
  }

  /** Free units over all locations of ours, less those that locations owe because a fact from outside took away what they had promised. */
  private unowedUnits(): number {
    let units = 0;
    for (const { row } of this.cells.values()) if (!isKeptByChannel(row.locationId)) units += row.onHand - row.held - row.reserved;
    return Math.max(0, units);
  }

  private changeProduct({ position, recordedAt }: Moment, change: (product: ProductRow) => void): void {
    if (this.product === undefined) return;
    change(this.product);
    Object.assign(this.product, { position, updatedAt: recordedAt });
    this.productChanged = true;
  }

  private byLocation(): readonly Cell[] {
    if (this.sorted.length < this.cells.size)
      this.sorted = [...this.cells.values()].sort((one, other) => (one.row.locationId < other.row.locationId ? -1 : 1));
    return this.sorted;
  }

  private newCell(locationId: string, moment: Moment): Cell {
    const row: StockRow = {
      tenant: this.tenant,
      sku: this.sku,
      locationId,
      ...{ onHand: 0, reserved: 0, inTransit: 0, safetyStock: 0, held: 0, heldUnits: 0 },
      version: 0,
      position: moment.position,
      createdAt: moment.recordedAt,
      updatedAt: moment.recordedAt,
    };
    const cell: Cell = { row, written: undefined, causes: [] };
    this.cells.set(locationId, cell);
    return cell;
  }
}
