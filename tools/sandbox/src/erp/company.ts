import type { SandboxClock } from '../sandbox-clock.js';
import { MASS_PREFIX, MassRows } from './mass-rows.js';
import { keyOf, wholePlace, type Figures, type Place, type StockRow } from './stock-row.js';

const NONE: Figures = { quantity: '0', reserved: '0', unit: 'PC' };

/** Stock of a company as its ERP keeps it, in the order of the rows' keys. */
export class Company {
  private readonly rows = new Map<string, StockRow>();
  private keys: readonly string[] | undefined;
  private mass: MassRows | undefined;
  /** Rises whenever a row comes or goes. */
  version = 0;

  constructor(private readonly clock: SandboxClock) {}

  get count(): number {
    return this.rows.size + (this.mass?.count ?? 0);
  }

  /** Sets a figure, and makes its row where there is none. What is left out stays. */
  set(place: Place, figures: Partial<Figures>): void {
    const whole = wholePlace(place);
    if (whole.sku.startsWith(MASS_PREFIX)) throw new Error(`SKUs with ${MASS_PREFIX} are those in mass`);
    const key = keyOf(whole);
    const before = this.rows.get(key);
    if (before === undefined) this.changedRows();
    this.rows.set(key, { ...NONE, ...before, ...whole, ...figures, changedAt: this.clock.now() });
  }

  /** Posts a movement of whole units. */
  move(place: Place, units: number): void {
    this.set(place, { quantity: String(BigInt(this.quantity(place)) + BigInt(units)) });
  }

  /** The ERP forgets the row. */
  remove(place: Place): void {
    if (this.rows.delete(keyOf(wholePlace(place)))) this.changedRows();
  }

  clear(): void {
    this.rows.clear();
    this.mass = undefined;
    this.changedRows();
  }

  /** Adds very many materials, each with one row, in turn at each of the warehouses. They replace those added so before. */
  fill(count: number, warehouses: readonly string[], quantity: (index: number) => number): void {
    this.mass = new MassRows(count, warehouses, quantity, this.clock.now());
    this.changedRows();
  }

  /** Changes every so many of the materials that `fill` added. @returns how many were changed */
  changeFilled(every: number, by: number): number {
    return this.mass?.change(every, by, this.clock.now()) ?? 0;
  }

  quantity(place: Place): string {
    return this.rows.get(keyOf(wholePlace(place)))?.quantity ?? '0';
  }

  /** The row at a position of the order; undefined after the last. */
  at(position: number): StockRow | undefined {
    const keys = this.sorted();
    const before = this.before();
    const filled = this.mass?.count ?? 0;
    if (position >= before && position < before + filled) return this.mass?.row(position - before);
    return this.rows.get(keys[position < before ? position : position - filled] ?? '');
  }

  /** Position of the first row whose SKU is not before this one. */
  firstFrom(sku: string): number {
    const before = this.before();
    if (this.mass !== undefined && sku > MASS_PREFIX) {
      const inMass = this.mass.firstFrom(sku);
      if (inMass < this.mass.count) return before + inMass;
    }
    const found = this.sorted().findIndex((key) => key >= sku);
    const index = found < 0 ? this.rows.size : found;
    // A SKU before those in mass begins with them where no other row comes first.
    if (sku <= MASS_PREFIX && index >= before) return before;
    return index < before ? index : index + (this.mass?.count ?? 0);
  }

  *all(): Generator<StockRow> {
    for (let position = 0; position < this.count; position += 1) {
      const row = this.at(position);
      if (row !== undefined) yield row;
    }
  }

  /** Rows that were set one by one. */
  single(): readonly StockRow[] {
    return this.sorted().flatMap((key) => this.rows.get(key) ?? []);
  }

  warehouses(): readonly string[] {
    return [...new Set(this.single().map(({ warehouse }) => warehouse))].sort();
  }

  /** Rows that were set one by one and sort before those in mass. */
  private before(): number {
    const index = this.sorted().findIndex((key) => key >= MASS_PREFIX);
    return index < 0 ? this.rows.size : index;
  }

  private sorted(): readonly string[] {
    return (this.keys ??= [...this.rows.keys()].sort());
  }

  private changedRows(): void {
    this.keys = undefined;
    this.version += 1;
  }
}
