import fc from 'fast-check';
import type { Change } from './changes.js';
import { MatrixStore, NOTHING, type MatrixSnapshot } from './matrix-store.js';

const column = (id: string, figures: (number | null)[]): MatrixSnapshot['columns'][number] => ({
  ...{ id, name: id.toUpperCase(), lowThreshold: 5, criticalThreshold: 0 },
  figures,
});
const channels = (): MatrixSnapshot => ({
  by: 'channel',
  skus: ['HAT', 'TEE', 'TENT'],
  names: ['Red hat', null, 'Tent for 2'],
  onHand: [3, 40, 9],
  reserved: [0, 0, 0],
  held: [{ sku: 'TEE', locationId: 'BER', quantity: 4 }],
  columns: [column('market', [1, 30, null]), column('shop', [3, 40, 9])],
  complete: true,
});
const channel = (sku: string, channelId: string, atp: number, locations = {}): Change => ({
  kind: 'channel',
  sku,
  channelId,
  atp,
  locations,
});
const location = (sku: string, locationId: string, available: number, held = 0): Change => ({
  ...{ kind: 'location', sku, locationId, available, onHand: available + held, reserved: 0, held },
});

describe('the store of a matrix', () => {
  it('takes absolute figures, and says which cell changed', () => {
    const store = new MatrixStore(channels(), undefined);
    expect(store.apply(channel('TEE', 'shop', 38))).toEqual([1, 1]);
    expect(store.at(1, 1)).toBe(38);
    expect(store.apply(channel('TEE', 'shop', 38))).toBeUndefined();
    expect(store.at(2, 0)).toBe(NOTHING);
  });

  it('knows that it lacks a SKU or a channel', () => {
    const store = new MatrixStore(channels(), undefined);
    expect(store.apply(channel('NEW', 'shop', 1))).toBe('unknown');
    expect(store.apply(channel('TEE', 'new', 1))).toBe('unknown');
  });

  it('of one location lacks only SKUs that lie there', () => {
    const store = new MatrixStore(channels(), 'BER');
    expect(store.apply(channel('NEW', 'shop', 4, { HAM: 4 }))).toBeUndefined();
    expect(store.apply(channel('NEW', 'shop', 4, { BER: 4 }))).toBe('unknown');
  });

  it('with rows cut lacks no row, as the next snapshot would be cut too', () => {
    const store = new MatrixStore({ ...channels(), complete: false }, undefined);
    expect(store.apply(channel('ZEBRA', 'shop', 4))).toBeUndefined();
    expect(store.apply(channel('TEE', 'new', 4))).toBe('unknown');
  });

  it('leaves changes of locations alone where its columns are channels, and the other way round', () => {
    expect(new MatrixStore(channels(), undefined).apply(location('TEE', 'BER', 1))).toBeUndefined();
    const places = new MatrixStore({ ...channels(), by: 'location', columns: [column('BER', [0, 1, 2])] }, undefined);
    expect(places.apply(channel('TEE', 'shop', 1))).toBeUndefined();
    expect(places.apply(location('TEE', 'BER', -3))).toEqual([1, 0]);
    expect(places.at(1, 0)).toBe(0);
  });

  it('says how many units of a row may not leave, whatever its columns are', () => {
    const store = new MatrixStore(channels(), undefined);
    expect([0, 1].map((row) => store.heldIn(row))).toEqual([0, 4]);
    expect(store.applyHeld(location('TEE', 'HAM', 0, 2))).toBe(1);
    expect(store.applyHeld(location('TEE', 'HAM', 5, 2))).toBeUndefined();
    expect(store.heldIn(1)).toBe(6);
    expect(store.applyHeld(location('TEE', 'BER', 9))).toBe(1);
    expect(store.heldIn(1)).toBe(2);
    expect(store.applyHeld(location('NEW', 'BER', 0, 1))).toBeUndefined();
    expect(new MatrixStore(channels(), 'HAM').applyHeld(location('TEE', 'BER', 9))).toBeUndefined();
  });

  it('of one location shows no more than the channel may promise over all', () => {
    const store = new MatrixStore(channels(), 'BER');
    store.apply(channel('TEE', 'shop', 5, { BER: 7, HAM: 2 }));
    expect(store.at(1, 1)).toBe(5);
    store.apply(channel('TEE', 'shop', 9, { HAM: 9 }));
    expect(store.at(1, 1)).toBe(0);
  });

  it.each([
    [{ search: '', by: 'sku', descending: false }, ['HAT', 'TEE', 'TENT']],
    [{ search: '', by: 'sku', descending: true }, ['TENT', 'TEE', 'HAT']],
    [{ search: 'te', by: 'sku', descending: false }, ['TEE', 'TENT']],
    [{ search: ' RED ', by: 'sku', descending: false }, ['HAT']],
    [{ search: '', by: 'shop', descending: true }, ['TEE', 'TENT', 'HAT']],
    [{ search: '', by: 'gone', descending: false }, ['HAT', 'TEE', 'TENT']],
    [{ search: 'nothing', by: 'sku', descending: false }, []],
    [{ search: '', by: 'sku', descending: true, pins: ['TEE', 'GONE'] }, ['TEE', 'TENT', 'HAT']],
    [{ search: 'hat', by: 'sku', descending: false, pins: ['TENT', 'TEE'] }, ['TENT', 'TEE', 'HAT']],
  ])('orders its rows by %j', (order, skus) => {
    const store = new MatrixStore(channels(), undefined);
    expect([...store.ordered(order)].map((row) => store.skus[row])).toEqual(skus);
  });

  it('ends with the newest figure of each cell, whatever came before', () => {
    const skus = fc.constantFrom('HAT', 'TEE', 'TENT');
    const changes = fc.array(fc.record({ sku: skus, channelId: fc.constantFrom('market', 'shop'), atp: fc.nat({ max: 1_000 }) }));
    fc.assert(
      fc.property(changes, (all) => {
        const store = new MatrixStore(channels(), undefined);
        const expected = new Map<string, number>();
        for (const { sku, channelId, atp } of all) {
          store.apply(channel(sku, channelId, atp));
          expected.set(`${sku}|${channelId}`, atp);
        }
        for (const [key, atp] of expected) {
          const [sku = '', channelId = ''] = key.split('|');
          expect(
            store.at(
              store.skus.indexOf(sku),
              store.columns.findIndex(({ id }) => id === channelId),
            ),
          ).toBe(atp);
        }
      }),
    );
  });
});
