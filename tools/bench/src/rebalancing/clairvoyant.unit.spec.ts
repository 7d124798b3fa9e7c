import { mostSold } from './clairvoyant.js';

const came = (day: number, locationId: string, quantity: number) => ({ day, sku: 'CUP', locationId, quantity });

describe('the most that any rebalancing could sell', () => {
  it('has a unit elsewhere after the days on the way and not before', () => {
    const delivered = [came(0, 'NORTH', 5)];
    expect(mostSold([came(1, 'WEST', 5)], delivered, 2)).toBe(0);
    expect(mostSold([came(2, 'WEST', 5)], delivered, 2)).toBe(5);
    expect(mostSold([came(0, 'NORTH', 5)], delivered, 2)).toBe(5);
  });

  it('keeps old units, which can be anywhere, where young ones of the location do', () => {
    const delivered = [came(0, 'NORTH', 5), came(3, 'WEST', 5)];
    expect(mostSold([came(3, 'WEST', 5), came(4, 'SOUTH', 5)], delivered, 2)).toBe(10);
  });

  it('sells no unit twice, nor one of another SKU', () => {
    expect(mostSold([came(2, 'WEST', 5), came(2, 'EAST', 5)], [came(0, 'NORTH', 6)], 2)).toBe(6);
    expect(mostSold([came(2, 'WEST', 5)], [{ ...came(0, 'NORTH', 6), sku: 'POT' }], 2)).toBe(0);
  });
});
