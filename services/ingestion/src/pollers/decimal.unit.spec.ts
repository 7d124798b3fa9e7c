import fc from 'fast-check';
import { addDecimals, decimalText, floorOf, multiplyDecimals, parseDecimal, ZERO } from './decimal.js';

const read = (text: string, mark?: 'point' | 'comma') => {
  const found = parseDecimal(text, mark);
  return found === undefined ? undefined : decimalText(found);
};
const exact = (text: string) => parseDecimal(text) ?? ZERO;

describe('quantities as exact decimals', () => {
  it.each([
    ['12.00000000000000', '12'],
    ['0012', '12'],
    [' 7.5 ', '7.5'],
    ['-3', '-3'],
    ['3-', '-3'],
    ['+4', '4'],
    ['99999999999999999.99999999999999', '99999999999999999.99999999999999'],
    ['0.10', '0.1'],
    ['-0', '0'],
  ])('reads %s', (text, value) => expect(read(text)).toBe(value));

  it.each(['1,234', '1.234.567', '1,234.5', '1e3', '1E+3', '', ' ', '.5', '5.', '--1', '-1-', '1 000', 'NULL', '٣', 'Infinity'])(
    'refuses %j where the mark is a point',
    (text) => expect(read(text)).toBeUndefined(),
  );

  it('reads a comma as the mark where it is declared, and never a point then', () => {
    expect(read('1,234', 'comma')).toBe('1.234');
    expect(read('1.234', 'comma')).toBeUndefined();
    expect(read('1.234,5', 'comma')).toBeUndefined();
  });

  it('adds and multiplies exactly', () => {
    expect(decimalText(addDecimals(exact('0.1'), exact('0.2')))).toBe('0.3');
    expect(decimalText(multiplyDecimals(exact('5'), exact('12')))).toBe('60');
    expect(decimalText(multiplyDecimals(exact('2.5'), exact('0.4')))).toBe('1');
  });

  it('rounds down, below zero too, and says whether there was a fraction', () => {
    expect(floorOf(exact('7.9'))).toEqual({ whole: 7n, hasFraction: true });
    expect(floorOf(exact('-7.1'))).toEqual({ whole: -8n, hasFraction: true });
    expect(floorOf(exact('7.000'))).toEqual({ whole: 7n, hasFraction: false });
  });

  it('is the same after writing and reading, and sums of any order are equal', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(14)), { maxLength: 20 }), (parts) => {
        const decimals = parts.map(([digits, scale]) => ({ digits, scale }));
        const total = (all: typeof decimals) => decimalText(all.reduce<{ digits: bigint; scale: number }>(addDecimals, ZERO));
        expect(total(decimals.map((one) => exact(decimalText(one))))).toBe(total([...decimals].reverse()));
      }),
    ));
});
