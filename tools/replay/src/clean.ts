import type { InvoiceRow } from './invoice-rows.js';

export interface Sale {
  readonly kind: 'sale';
  readonly orderId: string;
  readonly at: number;
  readonly customer: string;
  /** As in the file: a SKU may stand in several lines. */
  readonly lines: { readonly sku: string; readonly quantity: number }[];
  /** Units per SKU that are cancelled within the hour. */
  readonly cancelled: Map<string, number>;
}

export interface Return {
  readonly kind: 'return';
  readonly id: string;
  readonly at: number;
  readonly sku: string;
  readonly quantity: number;
}

export interface Adjustment {
  readonly kind: 'adjustment';
  readonly id: string;
  readonly at: number;
  readonly sku: string;
  /** Negative for write-offs, positive for found stock. */
  readonly delta: number;
}

export type Happening = Sale | Return | Adjustment;

export interface CleanYear {
  /** In order of time. */
  readonly happenings: readonly Happening[];
  readonly names: ReadonlyMap<string, string>;
  readonly rows: number;
}

const HOUR = 3_600_000;
const SERVICE_CODES = new Set(['POST', 'DOT', 'M', 'C2', 'D', 'S', 'BANK CHARGES', 'AMAZONFEE', 'CRUK', 'PADS', 'B']);

/** Order charges, vouchers and fees are no goods. */
export const isService = (stockCode: string): boolean => {
  const code = stockCode.toUpperCase();
  return SERVICE_CODES.has(code) || code.startsWith('GIFT_');
};

/**
 * Turns rows into what happened in the shop. SKUs are upper-cased; service codes and bad-debt invoices are left out;
 * `C` rows within an hour of their customer's sale cancel it, all others are returns (a return need not have a sale in the file);
 * rows without price and customer adjust stock.
 */
export async function clean(rows: AsyncIterable<InvoiceRow>): Promise<CleanYear> {
  const happenings: Happening[] = [];
  const names = new Map<string, string>();
  const sales = new Map<string, Sale>();
  const recent = new Map<string, { sale: Sale; left: number }[]>();
  let count = 0;

  for await (const row of rows) {
    count += 1;
    if (isService(row.stockCode) || row.invoice.startsWith('A')) continue;
    const sku = row.stockCode.toUpperCase();
    if (row.description !== '' && row.unitPrice > 0) names.set(sku, row.description);
    const lineId = `${row.invoice}-${String(count)}`;

    if (row.invoice.startsWith('C')) {
      const left = cancelRecent(recent.get(`${row.customer}|${sku}`), sku, -row.quantity, row.at);
      if (left > 0) happenings.push({ kind: 'return', id: lineId, at: row.at, sku, quantity: left });
    } else if (row.unitPrice === 0 && row.customer === '') {
      happenings.push({ kind: 'adjustment', id: lineId, at: row.at, sku, delta: row.quantity });
    } else if (row.quantity > 0 && row.unitPrice > 0) {
      const sale = saleOf(row, sales, happenings);
      sale.lines.push({ sku, quantity: row.quantity });
      if (row.customer !== '') {
        const key = `${row.customer}|${sku}`;
        recent.set(key, [...(recent.get(key) ?? []).filter((entry) => row.at - entry.sale.at <= HOUR), { sale, left: row.quantity }]);
      }
    }
  }
  return { happenings: happenings.sort((a, b) => a.at - b.at), names, rows: count };
}

function saleOf(row: InvoiceRow, sales: Map<string, Sale>, happenings: Happening[]): Sale {
  const known = sales.get(row.invoice);
  if (known !== undefined) return known;
  const sale: Sale = { kind: 'sale', orderId: row.invoice, at: row.at, customer: row.customer, lines: [], cancelled: new Map() };
  sales.set(row.invoice, sale);
  happenings.push(sale);
  return sale;
}

/** Cancels units of sales of the last hour, the newest first; answers how many units found none. */
function cancelRecent(entries: { sale: Sale; left: number }[] | undefined, sku: string, quantity: number, at: number): number {
  let left = quantity;
  for (const entry of [...(entries ?? [])].reverse()) {
    if (left === 0 || at - entry.sale.at > HOUR) break;
    const units = Math.min(left, entry.left);
    entry.left -= units;
    left -= units;
    if (units > 0) entry.sale.cancelled.set(sku, (entry.sale.cancelled.get(sku) ?? 0) + units);
  }
  return left;
}
