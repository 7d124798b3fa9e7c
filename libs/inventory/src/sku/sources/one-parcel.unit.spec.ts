import { placed, received } from '../../../test/events.js';
import { fold } from '../../../test/given.js';
import { noon } from '../../../test/times.js';
import { commonSource, evolveSku, stockedLine, type SkuEvent, type StockedLine } from '../../index.js';
import { OVERDUE_ENDED_AT_ONCE } from '../limits.js';

const now = noon - 2;
const sources = [
  { locationId: 'HAM', priority: 1 },
  { locationId: 'BER', priority: 2 },
  { locationId: 'MUC', priority: 3 },
];
/** A line of an order, looked at now. */
const line = (quantity: number, ...past: readonly SkuEvent[]): StockedLine => stockedLine(fold(past), now, quantity);

describe('an order leaves in one parcel', () => {
  it('from the location that has every line', () => {
    const lines = [line(2, received('HAM', 5), received('BER', 5)), line(3, received('HAM', 2), received('BER', 3))];
    expect(commonSource(lines, { sources })).toBe('BER');
  });

  it('from the first by priority of several that have', () => {
    const everywhere = [received('MUC', 5), received('BER', 5), received('HAM', 5)];
    expect(commonSource([line(2, ...everywhere), line(5, ...everywhere)], { sources })).toBe('HAM');
  });

  it('from the first by the rule, which may leave locations out', () => {
    const everywhere = [received('HAM', 5), received('BER', 9), received('MUC', 5)];
    const lines = [line(2, ...everywhere), line(3, ...everywhere)];
    const placedSources = [
      { locationId: 'HAM', priority: 1, latitude: 53.551, longitude: 9.994 },
      { locationId: 'BER', priority: 2, kind: 'store', latitude: 52.52, longitude: 13.405 },
      { locationId: 'MUC', priority: 3, latitude: 48.137, longitude: 11.575 },
    ] as const;
    const request = { sources: placedSources, destination: { latitude: 48, longitude: 11 } };
    expect(commonSource(lines, { ...request, sourceRule: { name: 'nearest' } })).toBe('MUC');
    expect(commonSource(lines, { ...request, sourceRule: { name: 'ship-from-store' } })).toBe('BER');
    expect(commonSource(lines, { ...request, sourceRule: { name: 'ship-from-store', options: { stores: 'excluded' } } })).toBe('MUC');
    expect(commonSource(lines, { ...request, sourceRule: { name: 'fewest-splits' } })).toBe('HAM');
    const withoutStores = placedSources.map(({ locationId, priority }) => ({ locationId, priority }));
    const only = { name: 'ship-from-store', options: { stores: 'only' } };
    expect(commonSource(lines, { sources: withoutStores, sourceRule: only })).toBeUndefined();
  });

  it('from nowhere where no location has every line', () => {
    const lines = [line(2, received('HAM', 5), received('BER', 5)), line(6, received('HAM', 5), received('BER', 5))];
    expect(commonSource(lines, { sources })).toBeUndefined();
    expect(commonSource([line(1, received('HAM', 5)), line(1, received('BER', 5))], { sources })).toBeUndefined();
    expect(commonSource([line(1, received('HAM', 5)), line(1)], { sources })).toBeUndefined();
  });

  it('without a preference where it has one line, or the location is asked for', () => {
    const one = line(2, received('HAM', 5));
    expect(commonSource([], { sources })).toBeUndefined();
    expect(commonSource([one], { sources })).toBeUndefined();
    expect(commonSource([one, one], { sources })).toBe('HAM');
    expect(commonSource([one, one], { sources, locationId: 'HAM' })).toBeUndefined();
  });
});

describe('a line of an order', () => {
  const other = line(1, received('BER', 5));

  it('has what nobody holds, and what is held by nobody any longer', () => {
    const past = [received('BER', 5), placed('r1', { BER: 2 }, { expiresAt: now + 1 })];
    expect(commonSource([line(3, ...past), other], { sources })).toBe('BER');
    expect(commonSource([line(4, ...past), other], { sources })).toBeUndefined();
    const overdue = [received('BER', 5), placed('r1', { BER: 2 }, { expiresAt: now })];
    expect(commonSource([line(5, ...overdue), other], { sources })).toBe('BER');
  });

  it('has what overdue holds give back, however many they are', () => {
    const holds = OVERDUE_ENDED_AT_ONCE + 2;
    const many = Array.from({ length: holds }, (_, index) => placed(`r${String(index)}`, { BER: 1 }, { expiresAt: now }));
    expect(commonSource([line(holds, received('BER', holds), ...many), other], { sources })).toBe('BER');
  });

  it('stays as it was looked at: each SKU decides by what is free then', () => {
    const state = fold([received('BER', 5)]);
    const looked = stockedLine(state, now, 5);
    evolveSku(state, placed('r1', { BER: 5 }), now);
    expect(commonSource([looked, other], { sources })).toBe('BER');
    expect(commonSource([stockedLine(state, now, 5), other], { sources })).toBeUndefined();
  });
});
