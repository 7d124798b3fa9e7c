import type { Company } from './company.js';
import { seeded } from './seeded.js';
import type { Place } from './stock-row.js';

const MOST_RECEIVED = 20;
/** How likely a step posts a sale that waits, receives goods, or loses a unit. */
const CHANCES = { posts: 0.6, receives: 0.3, loses: 0.15 } as const;

interface Sale {
  readonly place: Place;
  readonly units: number;
}

/**
 * What happens in the company: goods are received, a unit is lost, and sales that were made elsewhere are posted late and out of order.
 * Nothing happens by itself, and the same seed does the same.
 */
export class CompanyLife {
  private readonly sales: Sale[] = [];
  private readonly random: () => number;

  constructor(
    private readonly company: Company,
    seed: number,
  ) {
    this.random = seeded(seed);
  }

  /** Sales that are not posted yet. */
  get waiting(): number {
    return this.sales.length;
  }

  /** A sale that was made elsewhere and that the ERP posts some time. */
  sold(place: Place, units: number): void {
    this.sales.push({ place, units });
  }

  /** So many things happen. */
  step(times = 1): void {
    for (let step = 0; step < times; step += 1) {
      if (this.sales.length > 0 && this.random() < CHANCES.posts) this.post(Math.floor(this.random() * this.sales.length));
      if (this.random() < CHANCES.receives) this.receive();
      if (this.random() < CHANCES.loses) this.lose();
    }
  }

  /** Posts all sales that wait, in any order. */
  postAll(): void {
    while (this.sales.length > 0) this.post(Math.floor(this.random() * this.sales.length));
  }

  private post(index: number): void {
    const [sale] = this.sales.splice(index, 1);
    if (sale !== undefined) this.company.move(sale.place, -sale.units);
  }

  private receive(): void {
    const row = this.any();
    if (row !== undefined) this.company.move(row, 1 + Math.floor(this.random() * MOST_RECEIVED));
  }

  private lose(): void {
    const row = this.any();
    if (row !== undefined && Number(row.quantity) >= 1) this.company.move(row, -1);
  }

  private any(): (Place & { readonly quantity: string }) | undefined {
    const rows = this.company.single().filter(({ quantity, stockType }) => /^\d+$/.test(quantity) && stockType === '01');
    const row = rows[Math.floor(this.random() * rows.length)];
    if (row === undefined) return undefined;
    const { sku, warehouse, batch, stockType, specialStock, quantity } = row;
    return { sku, warehouse, batch, stockType, specialStock, quantity };
  }
}
