import type { ValueOf } from '@holdfast/client';
import type { Change } from './changes.js';

export type MatrixSnapshot = ValueOf<'views.matrix'>;

/** Stands for the name of a row where a column is named. */
export const ROW_NAME = -1;

/** What a cell without a figure holds. */
export const NOTHING = -1;

export interface MatrixOrder {
  readonly search: string;
  /** Id of a column, or `sku`. */
  readonly by: string;
  readonly descending: boolean;
  /** SKUs that stand first, in this order, whatever is searched for. */
  readonly pins?: readonly string[];
}

export interface Column {
  readonly id: string;
  readonly name: string;
  readonly lowThreshold: number | null;
  readonly criticalThreshold: number | null;
}

const columnOf = (change: Change): string => (change.kind === 'channel' ? change.channelId : change.locationId);

/** Every figure of a matrix, kept by absolute changes. Columns are typed arrays: ten thousand rows of objects would not fit a frame. */
export class MatrixStore {
  readonly columns: readonly Column[];
  readonly skus: readonly string[];
  readonly names: readonly (string | null)[];
  private readonly figures: readonly Int32Array[];
  private readonly rowOf: ReadonlyMap<string, number>;
  private readonly columnOf: ReadonlyMap<string, number>;
  /** Units that may not leave, by row and location; few rows have any. */
  private readonly held = new Map<number, Map<string, number>>();

  /** @param locationId the location that the figures of channels are of; undefined for all */
  constructor(
    { by, skus, names, columns, held, complete }: MatrixSnapshot,
    private readonly locationId: string | undefined,
  ) {
    this.by = by;
    this.complete = complete;
    this.skus = skus;
    this.names = names;
    this.columns = columns;
    this.figures = columns.map((column) => Int32Array.from(column.figures, (figure) => figure ?? NOTHING));
    this.rowOf = new Map(skus.map((sku, row) => [sku, row]));
    this.columnOf = new Map(columns.map(({ id }, column) => [id, column]));
    for (const { sku, locationId: at, quantity } of held) this.hold(sku, at, quantity);
  }

  private readonly by: MatrixSnapshot['by'];
  /** Whether every SKU has a row. */
  readonly complete: boolean;

  at(row: number, column: number): number {
    return this.figures[column]?.[row] ?? NOTHING;
  }

  /** Units of a row that may not leave, at the locations shown. */
  heldIn(row: number): number {
    return [...(this.held.get(row)?.values() ?? [])].reduce((sum, units) => sum + units, 0);
  }

  /** @returns the row of which another number of units may not leave; undefined where there is none */
  applyHeld(change: Change): number | undefined {
    if (change.kind !== 'location' || (this.locationId !== undefined && this.locationId !== change.locationId)) return undefined;
    return this.hold(change.sku, change.locationId, change.held);
  }

  /** @returns the row and column that changed; `unknown` where it lacks a row or column that a new snapshot may have, undefined where nothing did */
  apply(change: Change): readonly [row: number, column: number] | 'unknown' | undefined {
    if ((change.kind === 'channel') !== (this.by === 'channel')) return undefined;
    const row = this.rowOf.get(change.sku);
    const column = this.columnOf.get(columnOf(change));
    if (row === undefined && !this.mayGain(change)) return undefined;
    if (row === undefined || column === undefined) return 'unknown';
    const cells = this.figures[column];
    const figure = this.figureOf(change);
    if (cells === undefined || cells[row] === figure) return undefined;
    cells[row] = figure;
    return [row, column];
  }

  /** Whether it has no row or no column for a change. */
  lacks(change: Change): boolean {
    return !this.rowOf.has(change.sku) || !this.columnOf.has(columnOf(change));
  }

  /** Rows that a text finds by SKU or name, in the order wished. */
  ordered({ search, by, descending, pins = [] }: MatrixOrder): Uint32Array<ArrayBuffer> {
    const first = pins.map((sku) => this.rowOf.get(sku)).filter((row) => row !== undefined);
    const pinned = new Set(first);
    const wanted = search.trim().toLowerCase();
    const rows = this.skus.flatMap((sku, row) =>
      !pinned.has(row) && (wanted === '' || sku.toLowerCase().includes(wanted) || this.names[row]?.toLowerCase().includes(wanted) === true)
        ? [row]
        : [],
    );
    const cells = this.figures[this.columnOf.get(by) ?? -1];
    const order = Uint32Array.from(rows);
    // Rows come by SKU, which also decides between equal figures.
    if (cells !== undefined) order.sort((one, other) => (cells[one] ?? 0) - (cells[other] ?? 0) || one - other);
    if (descending) order.reverse();
    return first.length === 0 ? order : Uint32Array.from([...first, ...order]);
  }

  /** Rows beyond the most that are read never come, nor do SKUs that do not lie at the one location shown. */
  private mayGain(change: Change): boolean {
    const isElsewhere = this.locationId !== undefined && change.kind === 'channel' && change.locations[this.locationId] === undefined;
    return this.complete && !isElsewhere;
  }

  private hold(sku: string, locationId: string, units: number): number | undefined {
    const row = this.rowOf.get(sku);
    if (row === undefined || (this.held.get(row)?.get(locationId) ?? 0) === units) return undefined;
    const places = this.held.get(row) ?? new Map<string, number>();
    this.held.set(row, places.set(locationId, units));
    return row;
  }

  private figureOf(change: Change): number {
    if (change.kind === 'location') return Math.max(0, change.available);
    if (this.locationId === undefined) return change.atp;
    // Over all locations a channel may have less than the locations together.
    return Math.min(change.atp, change.locations[this.locationId] ?? 0);
  }
}
