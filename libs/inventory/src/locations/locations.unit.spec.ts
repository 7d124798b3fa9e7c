import { decideLocations, evolveLocations, initialLocations, type LocationEvent, type PutLocation } from '../index.js';

const berlin = { locationId: 'BER', name: 'Berlin', kind: 'store', priority: 10 } as const;
const put: PutLocation = { type: 'PutLocation', ...berlin };
const registered: LocationEvent = { type: 'LocationRegistered', ...berlin };
const fold = (...events: readonly LocationEvent[]) => events.reduce(evolveLocations, initialLocations());
const decide = (...events: readonly LocationEvent[]) => ({ when: (command: PutLocation) => decideLocations(fold(...events), command) });

describe('locations', () => {
  it('have a main one from the beginning', () => {
    expect([...fold().values()]).toEqual([{ locationId: 'MAIN', name: 'Main', kind: 'warehouse', priority: 100 }]);
  });

  it('are registered, changed, and get no event where nothing changes', () => {
    expect(decide().when(put)).toEqual({ kind: 'accepted', events: [registered] });
    expect(decide(registered).when(put)).toEqual({ kind: 'accepted', events: [] });
    const changed = { ...put, priority: 20 };
    expect(decide(registered).when(changed)).toEqual({ kind: 'accepted', events: [{ ...changed, type: 'LocationChanged' }] });
    expect(fold(registered, { ...changed, type: 'LocationChanged' }).get('BER')?.priority).toBe(20);
  });

  it('refuse a priority that is no whole number from 0', () => {
    for (const priority of [-1, 1.5, 1_000_001]) {
      expect(decideLocations(fold(), { ...put, priority })).toMatchObject({ kind: 'refused', code: 'invalid_priority' });
    }
  });

  it('lie somewhere, as far as it is known', () => {
    const where = { latitude: 52.52, longitude: 13.405, country: 'DE', postalCode: '10115', region: 'north' };
    expect(decide(registered).when({ ...put, ...where })).toEqual({
      kind: 'accepted',
      events: [{ type: 'LocationChanged', ...berlin, ...where }],
    });
    expect(decide({ ...registered, ...where }).when({ ...put, ...where })).toEqual({ kind: 'accepted', events: [] });
    for (const [field, fault] of [
      ['latitude', { latitude: 91, longitude: 0 }],
      ['longitude', { latitude: 0, longitude: Number.NaN }],
      ['longitude', { latitude: 1 }],
      ['latitude', { longitude: 1 }],
      ['country', { country: 'de' }],
      ['postalCode', { postalCode: ' ' }],
      ['region', { region: '' }],
    ] as const) {
      expect(decideLocations(fold(), { ...put, ...fault })).toMatchObject({ code: 'invalid_place', details: { field } });
    }
  });

  it('are limited', () => {
    const others = Array.from({ length: 9_999 }, (_, index): LocationEvent => ({ ...registered, locationId: String(index) }));
    expect(decide(...others.slice(1)).when(put)).toMatchObject({ kind: 'accepted' });
    expect(decide(...others).when(put)).toMatchObject({ kind: 'refused', code: 'too_many_locations' });
  });
});
