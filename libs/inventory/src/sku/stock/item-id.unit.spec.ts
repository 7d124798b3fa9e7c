import { itemId, itemsOfId } from './item-id.js';

describe('the id of an inventory item', () => {
  it.each([
    ['TEE', 'BER', 'TEE~BER'],
    ['Q', 'B~C', 'Q~B!C'],
    ['Q~B', 'C', 'Q!B~C'],
    ['Q~', '~C', 'Q!~!C'],
  ])('of %s at %s is %s and names that item only', (sku, locationId, id) => {
    expect(itemId(sku, locationId)).toBe(id);
    expect(itemsOfId(id)).toEqual([{ sku, locationId }]);
  });

  it('made before the parts were escaped may name several items, the longest SKU first', () =>
    expect(itemsOfId('Q~B~C')).toEqual([
      { sku: 'Q~B', locationId: 'C' },
      { sku: 'Q', locationId: 'B~C' },
    ]));

  it.each(['', 'TEE', '~', '~BER', 'TEE~'])('is not %j', (id) => expect(itemsOfId(id)).toEqual([]));
});
