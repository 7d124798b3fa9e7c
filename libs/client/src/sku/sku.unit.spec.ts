import { clientOf } from '../../test/answers.js';

describe('what there is to ask about a SKU', () => {
  it('is asked of the routes that answer it', async () => {
    const { holdfast, sent } = clientOf(Array.from({ length: 7 }, () => ({ body: {} })));
    const tent = holdfast.sku('TENT/2P');
    await tent.explain({ locationId: 'BER' });
    await tent.asOf({ at: '2026-11-30T00:00:00Z' });
    await tent.events({ order: 'oldest' });
    await tent.levels();
    await tent.channels();
    await tent.contenders();
    await tent.certificate();
    expect(sent.map(({ url }) => url.slice('http://holdfast.test'.length))).toEqual([
      '/v1/inventory/TENT%2F2P/explain?locationId=BER',
      '/v1/inventory/TENT%2F2P/as-of?at=2026-11-30T00%3A00%3A00Z',
      '/v1/inventory/TENT%2F2P/events?order=oldest',
      '/api/products/TENT%2F2P/inventory-levels',
      '/sales-channel/inventory/TENT%2F2P/channels',
      '/v1/inventory/TENT%2F2P/fairness',
      '/v1/inventory/TENT%2F2P/certificate',
    ]);
  });
});
