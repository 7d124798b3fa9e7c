import type { FoundListing } from '../providers/read.js';
import { matchListing, type KnownMappings } from './match.js';

const listing = (change: Partial<FoundListing>): FoundListing => ({
  listingId: 'L-1',
  sku: null,
  barcode: null,
  title: null,
  figure: null,
  says: null,
  ...change,
});
const products = [
  { sku: 'TEE-1', barcode: '4006381333931' },
  { sku: 'Tee-2', barcode: '0012345678905' },
  { sku: 'MUG-1', barcode: '777' },
  { sku: 'MUG-2', barcode: '777' },
  { sku: 'cap-1', barcode: null },
  { sku: 'CAP-1', barcode: null },
];
const nothing: KnownMappings = { skuOf: new Map(), listingOf: new Map() };
const match = (change: Partial<FoundListing>, mappings = nothing) => matchListing(listing(change), products, mappings);

describe('matching a listing', () => {
  it('takes the very SKU', () => expect(match({ sku: 'TEE-1' })).toEqual({ match: 'by_sku', sku: 'TEE-1', says: null }));

  it('takes the barcode where the SKU is not known, leading zeros or not', () => {
    expect(match({ sku: 'x', barcode: '4006381333931' })).toEqual({ match: 'by_barcode', sku: 'TEE-1', says: null });
    expect(match({ barcode: '12345678905' })).toMatchObject({ match: 'by_barcode', sku: 'Tee-2' });
  });

  it('prefers the SKU to the barcode', () => expect(match({ sku: 'TEE-1', barcode: '0012345678905' })).toMatchObject({ sku: 'TEE-1' }));

  it('shows a SKU that is only alike as a suspicion', () => {
    expect(match({ sku: ' TEE-1' })).toMatchObject({ match: 'suspicious', sku: 'TEE-1' });
    expect(match({ sku: 'TEE-2' })).toMatchObject({
      match: 'suspicious',
      sku: 'Tee-2',
      says: expect.stringContaining('letter case') as string,
    });
  });

  it('does not choose between two', () => {
    expect(match({ barcode: '777' })).toEqual({ match: 'ambiguous', sku: null, says: 'the barcode belongs to MUG-1, MUG-2' });
    expect(match({ sku: 'Cap-1' })).toMatchObject({ match: 'ambiguous', sku: null });
  });

  it('leaves what is mapped as it is', () => {
    const mappings = {
      skuOf: new Map([['L-1', 'MUG-1']]),
      listingOf: new Map([
        ['MUG-1', 'L-1'],
        ['TEE-1', 'L-9'],
      ]),
    };
    expect(match({ sku: 'TEE-1' }, mappings)).toEqual({ match: 'by_sku', sku: 'MUG-1', says: 'is mapped already' });
    expect(match({ listingId: 'L-2', sku: 'TEE-1' }, mappings)).toEqual({
      match: 'ambiguous',
      sku: null,
      says: 'TEE-1 is mapped to L-9 already',
    });
  });

  it('does not propose what the channel keeps itself', () =>
    expect(match({ sku: 'TEE-1', says: 'the item is not tracked' })).toEqual({
      match: 'suspicious',
      sku: 'TEE-1',
      says: 'the item is not tracked',
    }));

  it('says that it does not know', () => expect(match({ sku: 'NEW' })).toEqual({ match: 'unknown', sku: null, says: null }));
});
