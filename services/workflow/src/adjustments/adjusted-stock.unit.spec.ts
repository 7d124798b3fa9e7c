import { STREAMS } from '@holdfast/contracts';
import { afterStockEvent, type AdjustedStock } from './adjusted-stock.js';

const tenant = 'demo';

/** Ids in the list of changes of a SKU, each of so many units, that these documents made. */
function idsOf(sku: string, ...documents: readonly { readonly documentId?: string; readonly documentLine?: number }[]): readonly string[] {
  let stock: AdjustedStock = { tenant, sku, onHand: new Map(), costMinor: null, revision: -1 };
  return documents.flatMap((document, revision) => {
    const commandId = `c${String(revision)}`;
    const change = { commandId, locationId: 'HAM', delta: 1, effectiveAt: 0, reasonCode: 'over_receipt', ...document } as const;
    const stored = { ...STREAMS.stock.encode({ type: 'StockAdjusted', ...change }), id: commandId, metadata: { tenant, at: 0, commandId } };
    const after = afterStockEvent(stock, {
      ...stored,
      stream: STREAMS.stock.streamOf(tenant, sku),
      revision,
      position: BigInt(revision + 1),
      recordedAt: 0,
    });
    stock = after.stock;
    return after.row === undefined ? [] : [after.row.id];
  });
}

describe('the list of changes of on hand', () => {
  it('tells apart what one transfer changes: several SKUs of a receipt, several receipts of a SKU', () => {
    const receipts = [1, 2].map((documentLine) => ({ documentId: 'tr_x', documentLine }));
    const ids = [
      ...idsOf('CUP', ...receipts),
      ...idsOf('POT', ...receipts),
      ...idsOf('JUG', { documentId: 'cc_1' }, { documentId: 'cc_1' }),
    ];
    expect(new Set(ids).size).toBe(6);
  });

  it('names a line of an adjustment by its number', () => {
    expect(idsOf('CUP', { documentId: 'adj_1', documentLine: 3 }, {})).toEqual(['adj_1~3', 'adj_c1~CUP~HAM']);
  });
});
