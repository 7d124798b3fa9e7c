import { identifierFault, isIdentifier, isTenant, SENT_IDENTIFIER, SKU, skuFault } from './identifiers.js';

const pattern = new RegExp(SKU);

describe('a SKU', () => {
  it.each(['TEE-BLACK-M', '4063614512884', 'A.0', '10.0', '5E10', '1E-05', '...', 'a/../b', 'MI 1', '1'])('may be %s', (sku) => {
    expect(skuFault(sku)).toBeUndefined();
    expect(sku).toMatch(pattern);
  });

  it.each([
    ['4.06361E+12', /spreadsheet/],
    ['4,06361E+12', /spreadsheet/],
    ['4E+12', /spreadsheet/],
    ['4.06361e+12', /spreadsheet/],
    ['4.06361e12', /spreadsheet/],
    ['4,06361E12', /spreadsheet/],
    ['4063614512884.0', /spreadsheet/],
    ['4063614512884,00', /spreadsheet/],
    ['.', /must not be \. or \.\./],
    ['..', /must not be \. or \.\./],
    ['', /1 to 100/],
    [' A', /1 to 100/],
    ['Größe', /1 to 100/],
    ['A'.repeat(101), /1 to 100/],
    [4_063_614_512_884, /must be a string/],
  ])('may not be %s', (sku, fault) => {
    expect(skuFault(sku)).toMatch(fault);
    if (typeof sku === 'string' && sku.length <= 100) expect(sku).not.toMatch(pattern);
  });
});

describe('an id', () => {
  it('is not asked about spreadsheets', () => expect(identifierFault('4.06361E+12')).toBeUndefined());

  it.each(['.', '..'])('may not be %s', (id) => {
    expect(identifierFault(id)).toMatch(/must not be \. or \.\./);
    expect(isIdentifier(id)).toBe(false);
    expect(id).not.toMatch(new RegExp(SENT_IDENTIFIER));
  });

  it.each(['...', 'a/../b', '4.06361E+12'])('may be %s', (id) => {
    expect(isIdentifier(id)).toBe(true);
    expect(id).toMatch(new RegExp(SENT_IDENTIFIER));
  });
});

describe('the name of a tenant', () => {
  it.each([
    ['acme', true],
    ['acme_eu-1', true],
    ['acme.eu', false],
    ['_acme', false],
    ['', false],
    ['a'.repeat(64), false],
    [undefined, false],
  ])('%s: %s', (name, valid) => expect(isTenant(name)).toBe(valid));
});
