import type { DesiredFigure } from './desired-figures.js';
import { newestOfEach } from './desired-figures.js';

const figure = (quantity: number, position: string, version: number, sku = 'A'): DesiredFigure => ({
  tenant: 'demo',
  channelId: 'shop',
  sku,
  quantity,
  parts: null,
  position,
  version,
});

describe('keeping the newest figure of each listing', () => {
  it('keeps one of each, in whatever order they come', () => {
    expect(newestOfEach([figure(5, '10', 2), figure(7, '9', 1), figure(3, '11', 1, 'B')])).toEqual([
      figure(5, '10', 2),
      figure(3, '11', 1, 'B'),
    ]);
  });

  it('believes the place in the log more than the version, which may have begun anew', () => {
    expect(newestOfEach([figure(5, '10', 900), figure(4, '11', 1)])).toEqual([figure(4, '11', 1)]);
  });

  it('compares places as numbers, not as text', () => {
    expect(newestOfEach([figure(5, '9', 1), figure(4, '10', 2)])).toEqual([figure(4, '10', 2)]);
  });

  it('lets the version decide at the same place', () => {
    expect(newestOfEach([figure(5, '10', 2), figure(4, '10', 3), figure(3, '10', 1)])).toEqual([figure(4, '10', 3)]);
  });
});
