import { clean, isService } from './clean.js';
import type { InvoiceRow } from './invoice-rows.js';

const noon = Date.UTC(2011, 0, 4, 12);
const minutes = (count: number): number => count * 60_000;
const row = (given: Partial<InvoiceRow>): InvoiceRow => ({
  invoice: '536365',
  stockCode: '85123A',
  description: 'HOLDER',
  quantity: 6,
  at: noon,
  unitPrice: 2.55,
  customer: '17850.0',
  ...given,
});

async function* rows(...given: Partial<InvoiceRow>[]): AsyncGenerator<InvoiceRow> {
  await Promise.resolve();
  for (const one of given) yield row(one);
}

describe('cleaning the shop’s year', () => {
  it('keeps two lines of one SKU apart and folds letter case', async () => {
    const { happenings } = await clean(rows({ stockCode: '85123a' }, { stockCode: '85123A', quantity: 2 }));
    expect(happenings).toMatchObject([
      {
        kind: 'sale',
        lines: [
          { sku: '85123A', quantity: 6 },
          { sku: '85123A', quantity: 2 },
        ],
      },
    ]);
  });

  it('leaves service codes and bad debts out', async () => {
    const { happenings, rows: count } = await clean(
      rows({ stockCode: 'POST' }, { stockCode: 'gift_0001_20' }, { invoice: 'A563185', stockCode: 'X' }),
    );
    expect(happenings).toEqual([]);
    expect(count).toBe(3);
    expect(isService('DCGS0003')).toBe(false);
  });

  it('reads a C row within the hour as a cancellation, a later one as a return', async () => {
    const { happenings } = await clean(
      rows({}, { invoice: 'C1', quantity: -2, at: noon + minutes(20) }, { invoice: 'C2', quantity: -3, at: noon + minutes(90) }),
    );
    expect(happenings).toMatchObject([
      { kind: 'sale', cancelled: new Map([['85123A', 2]]) },
      { kind: 'return', sku: '85123A', quantity: 3 },
    ]);
  });

  it('returns what exceeds the sale of the last hour', async () => {
    const { happenings } = await clean(rows({}, { invoice: 'C1', quantity: -8, at: noon + minutes(20) }));
    expect(happenings).toMatchObject([{ cancelled: new Map([['85123A', 6]]) }, { kind: 'return', quantity: 2 }]);
  });

  it('reads free rows without customer as adjustments', async () => {
    const { happenings } = await clean(rows({ invoice: '9', quantity: -4, unitPrice: 0, customer: '' }));
    expect(happenings).toMatchObject([{ kind: 'adjustment', delta: -4 }]);
  });
});
