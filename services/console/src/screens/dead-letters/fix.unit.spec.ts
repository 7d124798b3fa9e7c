import { fixOf, mendable } from './fix.js';

const letter = { value: JSON.stringify({ tenant: 'demo', data: { sku: 'A', quantity: -1, odd: true } }), fix: null };

describe('a dead letter that is mended', () => {
  it('is shown with the fields that it came with', () => {
    expect(mendable(letter)).toEqual({ sku: 'A', quantity: -1, odd: true });
  });

  it('is shown with what was mended before', () => {
    expect(mendable({ ...letter, fix: { quantity: 3, odd: null } })).toEqual({ sku: 'A', quantity: 3 });
  });

  it('sets what is changed or new, and takes away what is gone', () => {
    expect(fixOf(letter, { sku: 'A', quantity: 4, unit: 'box' })).toEqual({ quantity: 4, unit: 'box', odd: null });
  });

  it('needs no fix where nothing was changed', () => {
    expect(fixOf(letter, { sku: 'A', quantity: -1, odd: true })).toBeUndefined();
  });

  it('is made anew where it was no JSON', () => {
    expect(mendable({ value: '{ broken', fix: null })).toEqual({});
    expect(fixOf({ value: null, fix: null }, { sku: 'A' })).toEqual({ sku: 'A' });
  });
});
