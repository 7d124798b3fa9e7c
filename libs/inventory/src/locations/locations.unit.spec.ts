import {
  decideLocations,
  evolveLocations,
  initialLocations,
  mayChangeServing,
  servesNobody,
  usualBin,
  type LocationEvent,
  type PutLocation,
} from '../index.js';

const berlin = { locationId: 'BER', name: 'Berlin', kind: 'store', priority: 10 } as const;
const put: PutLocation = { type: 'PutLocation', ...berlin };
const registered: LocationEvent = { type: 'LocationRegistered', ...berlin };
const fold = (...events: readonly LocationEvent[]) => events.reduce(evolveLocations, initialLocations());
const decide = (...events: readonly LocationEvent[]) => ({ when: (command: PutLocation) => decideLocations(fold(...events), command) });
const acceptedBy = (decision: ReturnType<typeof decideLocations>) => (decision.kind === 'accepted' ? decision.events : []);

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

  it('are blocked and opened, and keep their time zone and that they are blocked where a change does not name them', () => {
    const blocked = { ...registered, timeZone: 'Europe/Berlin', blocked: true } as const;
    expect(decide().when({ ...put, timeZone: 'Europe/Berlin', blocked: true })).toEqual({ kind: 'accepted', events: [blocked] });
    expect(decide(blocked).when(put)).toEqual({ kind: 'accepted', events: [] });
    expect(decide(blocked).when({ ...put, name: 'B' })).toMatchObject({
      events: [{ name: 'B', timeZone: 'Europe/Berlin', blocked: true }],
    });
    const opened: LocationEvent = { ...blocked, type: 'LocationChanged', blocked: false };
    expect(decide(blocked).when({ ...put, blocked: false })).toEqual({ kind: 'accepted', events: [opened] });
    expect(fold(blocked, opened).get('BER')).toEqual({ ...berlin, timeZone: 'Europe/Berlin' });
    expect([blocked, opened, registered].map(mayChangeServing)).toEqual([true, true, false]);
  });

  it('keep that received units are not for sale before put-away where a change does not name it', () => {
    const inspected: LocationEvent = { ...registered, sellableBeforePutAway: false };
    expect(decide(inspected).when(put)).toEqual({ kind: 'accepted', events: [] });
    expect(decide(inspected).when({ ...put, name: 'B' })).toMatchObject({ events: [{ name: 'B', sellableBeforePutAway: false }] });
    const [opened] = acceptedBy(decide(inspected).when({ ...put, sellableBeforePutAway: true }));
    expect(opened && fold(inspected, opened).get('BER')).toEqual(berlin);
  });

  it('serve nobody where goods are destroyed', () => {
    const destruction: LocationEvent = { ...registered, kind: 'destruction' };
    expect([destruction, registered].map(servesNobody)).toEqual([true, false]);
    expect(decide(destruction).when(put)).toMatchObject({ events: [{ kind: 'store', blocked: false }] });
  });

  it('are limited', () => {
    const others = Array.from({ length: 9_999 }, (_, index): LocationEvent => ({ ...registered, locationId: String(index) }));
    expect(decide(...others.slice(1)).when(put)).toMatchObject({ kind: 'accepted' });
    expect(decide(...others).when(put)).toMatchObject({ kind: 'refused', code: 'too_many_locations' });
  });

  describe('with bins', () => {
    const shelf = { ...usualBin('A-01', 'storage'), sequence: 10, capacityUnits: 5 };
    const set: LocationEvent = { type: 'BinsSet', locationId: 'BER', bins: [shelf] };

    it('are registered together with them, and get an event only for the bins that change', () => {
      expect(decide().when({ ...put, bins: [shelf] })).toEqual({ kind: 'accepted', events: [registered, set] });
      const other = usualBin('A-02', 'pick');
      expect(decide(registered, set).when({ ...put, bins: [shelf, other] })).toEqual({
        kind: 'accepted',
        events: [{ ...set, bins: [other] }],
      });
      expect(decide(registered, set).when(put)).toEqual({ kind: 'accepted', events: [] });
    });

    it('keep them when their own fields change, in the order of their sequence', () => {
      const more: LocationEvent = { ...set, bins: [usualBin('B-01', 'pick'), { ...shelf, capacityUnits: 7 }] };
      const changed: LocationEvent = { ...registered, type: 'LocationChanged', name: 'Berlin 2' };
      const { bins = [] } = fold(registered, set, more, changed).get('BER') ?? {};
      expect(bins.map(({ binId, capacityUnits }) => [binId, capacityUnits])).toEqual([
        ['B-01', null],
        ['A-01', 7],
      ]);
    });

    it.each([
      ['binId', [shelf, shelf]],
      ['sellable', [{ ...usualBin('Q', 'quarantine'), sellable: true }]],
      ['capacityUnits', [{ ...shelf, capacityUnits: -1 }]],
      ['sequence', [{ ...shelf, sequence: 1.5 }]],
    ])('refuse a bin with an impossible %s', (field, bins) => {
      expect(decide(registered).when({ ...put, bins })).toMatchObject({ code: 'invalid_bin', details: { field } });
    });

    it('have a limited number of them', () => {
      const bins = Array.from({ length: 5_001 }, (_, index) => usualBin(`S-${index}`, 'storage'));
      expect(decide(registered).when({ ...put, bins })).toMatchObject({ code: 'too_many_bins', details: { most: 5_000 } });
    });
  });
});
