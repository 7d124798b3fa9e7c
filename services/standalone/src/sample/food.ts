export interface SampleProduct {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly brandId: string;
  readonly barcode: string;
  readonly costMinor: number;
  readonly lotControl?: 'optional' | 'required';
  readonly removalDays?: number;
  /** Units at Berlin, Hamburg and Munich, as the ERP reports them; without those that came with a lot since. */
  readonly units: readonly [number, number, number];
}

/** What perishes. */
export const FOOD: readonly SampleProduct[] = [
  {
    sku: 'MEAL-PASTA',
    name: 'Trekking meal, pasta',
    category: 'Food',
    brandId: 'summit',
    barcode: '4006381334051',
    costMinor: 450,
    lotControl: 'optional',
    units: [0, 0, 0],
  },
  {
    sku: 'BAR-NUT',
    name: 'Nut bar',
    category: 'Food',
    brandId: 'summit',
    barcode: '4006381334068',
    costMinor: 120,
    lotControl: 'optional',
    units: [0, 0, 24],
  },
  {
    sku: 'CHEESE-200',
    name: 'Hard cheese, 200 g',
    category: 'Food',
    brandId: 'summit',
    barcode: '4006381334075',
    costMinor: 380,
    lotControl: 'required',
    removalDays: 2,
    units: [0, 0, 0],
  },
];

interface SampleLot {
  readonly sku: string;
  readonly lotId: string;
  /** Last day on which it may be sold, from the day of the first start; the day before it for a lot that is expired already. */
  readonly expiresInDays: number;
  readonly units: Readonly<Partial<Record<'BER' | 'HAM' | 'MUC', number>>>;
}

export const LOTS: readonly SampleLot[] = [
  { sku: 'MEAL-PASTA', lotId: 'P-0801', expiresInDays: -1, units: { HAM: 6 } },
  { sku: 'MEAL-PASTA', lotId: 'P-0915', expiresInDays: 1, units: { BER: 18, MUC: 4 } },
  { sku: 'MEAL-PASTA', lotId: 'P-1012', expiresInDays: 120, units: { BER: 60, HAM: 40, MUC: 10 } },
  { sku: 'BAR-NUT', lotId: 'N-0917', expiresInDays: 40, units: { BER: 40, MUC: 12 } },
  { sku: 'BAR-NUT', lotId: 'N-1103', expiresInDays: 150, units: { BER: 120, HAM: 60 } },
  { sku: 'CHEESE-200', lotId: 'C-31', expiresInDays: 9, units: { BER: 24 } },
  { sku: 'CHEESE-200', lotId: 'C-32', expiresInDays: 45, units: { BER: 36, HAM: 20 } },
];

/** The lot that is recalled after some of it was sold. */
export const RECALLED = { sku: 'BAR-NUT', lotId: 'N-0917' } as const;
