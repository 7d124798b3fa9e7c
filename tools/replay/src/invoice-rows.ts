import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

/** One line of the shop's file, as written there. */
export interface InvoiceRow {
  readonly invoice: string;
  readonly stockCode: string;
  readonly description: string;
  readonly quantity: number;
  /** Epoch milliseconds; the file's local time read as UTC. */
  readonly at: number;
  readonly unitPrice: number;
  readonly customer: string;
}

/** Reads the file (CSV, gzipped when its name ends so) row by row, at most `limit` of them. */
export async function* readRows(file: string, limit: number): AsyncGenerator<InvoiceRow> {
  const raw = createReadStream(file);
  const text = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  const records = text.pipe(parse({ columns: true, ...(Number.isFinite(limit) ? { to: limit } : {}) }));
  try {
    for await (const record of records as AsyncIterable<Record<string, string>>) yield toRow(record);
  } finally {
    raw.destroy();
  }
}

function toRow(record: Record<string, string>): InvoiceRow {
  const text = (name: string): string => {
    const value = record[name];
    if (value === undefined) throw new Error(`the file has no column ${name}; it must be the online-retail file`);
    return value;
  };
  return {
    invoice: text('InvoiceNo'),
    stockCode: text('StockCode'),
    description: text('Description').trim(),
    quantity: Number(text('Quantity')),
    at: Date.parse(`${text('InvoiceDate').replace(' ', 'T')}Z`),
    unitPrice: Number(text('UnitPrice')),
    customer: text('CustomerID'),
  };
}
