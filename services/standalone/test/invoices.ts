import { writeFileSync } from 'node:fs';

/** Writes a file of the shop's shape: orders of a few lines over some weeks, with returns, write-offs and hot SKUs. The same at every call. */
export function writeInvoices(file: string, lines: number): void {
  let state = 7;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const rows = ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'];
  const start = Date.UTC(2011, 0, 3, 8);
  for (let invoice = 0; rows.length <= lines; invoice += 1) {
    const at = new Date(start + Math.floor((rows.length / lines) * 28 * 86_400_000)).toISOString().slice(0, 19).replace('T', ' ');
    const kind = random(20);
    const prefix = kind === 0 ? 'C' : '';
    const number = `${prefix}${String(500_000 + invoice)}`;
    for (let line = 0; line <= random(8); line += 1) {
      const sku = random(3) === 0 ? `HOT${String(random(5))}` : `SKU${String(random(120))}`;
      const quantity = kind === 0 ? -1 - random(3) : kind === 1 ? (random(2) === 0 ? -1 : 1) * (1 + random(5)) : 1 + random(12);
      rows.push(
        `${number},${sku},THING ${sku},${String(quantity)},${at},${kind === 1 ? '0.0' : '2.5'},${kind === 1 ? '' : `${String(12_000 + random(30))}.0`},United Kingdom`,
      );
    }
  }
  writeFileSync(file, `${rows.slice(0, lines + 1).join('\n')}\n`);
}
