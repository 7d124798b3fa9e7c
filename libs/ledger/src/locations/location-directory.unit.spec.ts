import { jest } from '@jest/globals';
import { MemoryEventStore, MemoryLog } from '@holdfast/event-store';
import type { Location } from '@holdfast/inventory';
import { openLocationDirectory } from './location-directory.js';

const BERLIN: Location = { locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 10 };
const SHOP: Location = { locationId: 'SHOP', name: 'Shop', kind: 'store', priority: 10 };
const command = { at: 1_000, commandId: 'c-1' };

describe('the directory of locations', () => {
  it('knows MAIN of every tenant without asking', async () => {
    const directory = await openLocationDirectory(new MemoryEventStore());
    expect(directory.find('any', 'MAIN')).toMatchObject({ name: 'Main', kind: 'warehouse', priority: 100 });
    expect(await directory.exists('any', 'MAIN')).toBe(true);
    await directory.stop();
  });

  it('finds at once what was put, in the order in which locations serve, tenant by tenant', async () => {
    const directory = await openLocationDirectory(new MemoryEventStore());
    await directory.put('t', SHOP, command);
    await directory.put('t', BERLIN, { ...command, commandId: 'c-2' });
    expect(directory.list('t').map((location) => location.locationId)).toEqual(['BER', 'SHOP', 'MAIN']);
    await directory.put('t', { ...SHOP, priority: 1 }, { ...command, commandId: 'c-3' });
    expect(directory.list('t').map((location) => location.locationId)).toEqual(['SHOP', 'BER', 'MAIN']);
    expect(directory.find('other', 'BER')).toBeUndefined();
    await directory.stop();
  });

  it('changes nothing for a satisfied command, and says what is refused', async () => {
    const store = new MemoryEventStore();
    const directory = await openLocationDirectory(store);
    await directory.put('t', BERLIN, command);
    expect(await directory.put('t', BERLIN, { ...command, commandId: 'c-2' })).toMatchObject({ kind: 'accepted', events: [] });
    expect(await directory.put('t', { ...BERLIN, priority: -1 }, command)).toMatchObject({ kind: 'refused', code: 'invalid_priority' });
    expect(await store.readStream('locations-t')).toHaveLength(1);
    await directory.stop();
  });

  it('knows after a restart what was stored before', async () => {
    const log = new MemoryLog();
    const first = await openLocationDirectory(new MemoryEventStore({ log }));
    await first.put('t', BERLIN, command);
    await first.stop();
    const second = await openLocationDirectory(new MemoryEventStore({ log }));
    expect(second.find('t', 'BER')).toEqual(BERLIN);
    await second.stop();
  });

  it('hears of what another process puts, and knows it at once when asked strongly', async () => {
    const log = new MemoryLog();
    const one = await openLocationDirectory(new MemoryEventStore({ log }));
    const two = await openLocationDirectory(new MemoryEventStore({ log }));
    expect(await two.exists('t', 'BER')).toBe(false);
    await one.put('t', BERLIN, command);
    expect(await two.exists('t', 'BER')).toBe(true);
    await one.put('t', { ...BERLIN, name: 'Berlin South' }, { ...command, commandId: 'c-2' });
    for (let n = 0; n < 100 && two.find('t', 'BER')?.name !== 'Berlin South'; n += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(two.find('t', 'BER')?.name).toBe('Berlin South');
    await Promise.all([one.stop(), two.stop()]);
  });

  it('sorts what was stored once, when somebody asks for the order', async () => {
    const log = new MemoryLog();
    const store = new MemoryEventStore({ log });
    const events = Array.from({ length: 1_000 }, (_none, n) => ({
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      type: 'LocationRegistered.v1',
      data: { locationId: `L${n}`, name: 'any', kind: 'store', priority: n % 7 },
      metadata: { tenant: 't', at: 0, commandId: 'c' },
    }));
    await store.append('locations-t', -1, events);
    const sorts = jest.spyOn(Array.prototype, 'sort');
    try {
      const directory = await openLocationDirectory(new MemoryEventStore({ log }));
      expect(directory.list('t')).toHaveLength(1_001);
      expect(directory.list('t')).toBe(directory.list('t'));
      expect(sorts).toHaveBeenCalledTimes(1);
      await directory.stop();
    } finally {
      sorts.mockRestore();
    }
  });

  it('registers each location once when two processes do', async () => {
    const log = new MemoryLog();
    const store = new MemoryEventStore({ log });
    const one = await openLocationDirectory(store);
    const two = await openLocationDirectory(new MemoryEventStore({ log }));
    await Promise.all(
      Array.from({ length: 20 }, (_none, n) => (n % 2 ? one : two).put('t', { ...BERLIN, locationId: `L${n % 5}` }, command)),
    );
    const types = (await store.readStream('locations-t')).map((event) => event.type);
    expect(types).toEqual(Array.from({ length: 5 }, () => 'LocationRegistered.v1'));
    await Promise.all([one.stop(), two.stop()]);
  });

  it('registers eight times as many in about eight times the time', async () => {
    const FEW = 500;
    const few: number[] = [];
    const many: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      few.push(await registering(FEW));
      many.push(await registering(8 * FEW));
    }
    // Copying all for each took 64 times as long.
    expect(Math.min(...many) / Math.min(...few)).toBeLessThan(24);
  });
});

/** Milliseconds in which a tenant got so many locations. */
async function registering(count: number): Promise<number> {
  const directory = await openLocationDirectory(new MemoryEventStore());
  const start = performance.now();
  for (let done = 0; done < count; done += 100)
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        directory.put('t', { ...BERLIN, locationId: `L${done + n}` }, { ...command, commandId: `c-${done + n}` }),
      ),
    );
  const tookMs = performance.now() - start;
  await directory.stop();
  return tookMs;
}
