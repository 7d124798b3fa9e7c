import type { BalanceChange, ProductDescribed } from '@holdfast/inventory';
import { channelAtp } from '@holdfast/inventory';
import type { StockChange } from './change-set.js';
import type { Moment } from './moment.js';
import { addCause } from './moment.js';
import type { ChannelAtpRow, ChannelRow, LocationAtp, ProductRow, StockRow } from './rows.js';

/** Rows of one SKU as the tables hold them. */
export interface StoredSkuRows {
  readonly product: ProductRow | undefined;
  readonly stock: readonly StockRow[];
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
  a.onHand === b.onHand && a.reserved === b.reserved && a.inTransit === b.inTransit && a.safetyStock === b.safetyStock;

/** Rows of one SKU in memory while events are folded onto them. The methods `take…` return what changed and end a turn. */
export class SkuRows {
  private product: ProductRow | undefined;
  private productChanged = false;
  private readonly cells = new Map<string, Cell>();
  /** The cells by location id; a SKU never loses one. */
  private sorted: readonly Cell[] = [];
  private readonly dirty = new Set<Cell>();
  private readonly atp = new Map<string, ChannelAtpRow>();

  constructor(
    readonly tenant: string,
    readonly sku: string,
    rows: StoredSkuRows,
  ) {
    this.product = rows.product;
    for (const row of rows.stock) this.cells.set(row.locationId, { row, written: { ...row }, causes: [] });
    for (const row of rows.channelAtp) this.atp.set(row.channelId, row);
  }

  /** Call it for every event of the SKU first: the first event creates the product row, unverified. */
  meet(moment: Moment): void {
    if (this.product !== undefined) return;
    this.product = {
      tenant: this.tenant,
      sku: this.sku,
      name: null,
      category: null,
      barcode: null,
      brandId: null,
      costMinor: null,
      lowStockThreshold: null,
      verified: false,
      position: moment.position,
      createdAt: moment.recordedAt,
      updatedAt: moment.recordedAt,
    };
    this.productChanged = true;
  }

  describe(event: ProductDescribed, moment: Moment): void {
    this.meet(moment);
    const product = this.product;
    if (product === undefined) return;
    product.verified = event.verified;
    if (event.name !== undefined) product.name = event.name;
    if (event.category !== undefined) product.category = event.category;
    if (event.barcode !== undefined) product.barcode = event.barcode;
    if (event.brandId !== undefined) product.brandId = event.brandId;
    if (event.costMinor !== undefined) product.costMinor = event.costMinor;
    if (event.lowStockThreshold !== undefined) product.lowStockThreshold = event.lowStockThreshold;
    product.position = moment.position;
    product.updatedAt = moment.recordedAt;
    this.productChanged = true;
  }

  /** @returns whether the SKU had no row at that location before */
  change(change: BalanceChange, moment: Moment): boolean {
    const { locationId } = change.place;
    const known = this.cells.get(locationId);
    const cell = known ?? this.newCell(locationId, moment);
    const { row } = cell;
    row.onHand += change.onHand;
    row.reserved += change.reserved;
    row.inTransit += change.inTransit;
    if (change.safetyStock !== undefined) row.safetyStock = change.safetyStock;
    row.position = moment.position;
    row.updatedAt = moment.recordedAt;
    addCause(cell.causes, moment.cause);
    this.dirty.add(cell);
    return known === undefined;
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

  /** Rows whose promisable units changed, in all or at a location. Call it after `takeStock` returned changes. */
  takeChannelAtp(channels: Iterable<ChannelRow>, newest: StockRow): ChannelAtpRow[] {
    const changes: ChannelAtpRow[] = [];
    for (const channel of channels) {
      if (!channel.enabled) continue;
      const known = this.atp.get(channel.channelId);
      const locations = this.partsOf(channel, known?.locations ?? NO_PARTS);
      const atp = locations.reduce((units, part) => units + part.atp, 0);
      if (known !== undefined && known.atp === atp && known.locations === locations) continue;
      const row: ChannelAtpRow = {
        tenant: this.tenant,
        sku: this.sku,
        channelId: channel.channelId,
        atp,
        locations,
        version: (known?.version ?? 0) + 1,
        position: newest.position,
        createdAt: known?.createdAt ?? newest.updatedAt,
        updatedAt: newest.updatedAt,
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
      const atp = channelAtp(row.onHand - row.reserved, row.safetyStock, channel);
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
      onHand: 0,
      reserved: 0,
      inTransit: 0,
      safetyStock: 0,
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
