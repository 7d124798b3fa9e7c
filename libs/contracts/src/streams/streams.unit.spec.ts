import { readEvent, newestVersion, STREAMS } from './families.js';
import { KeyedStreams, UnreadableEvent } from './family.js';

type Counted = { readonly type: 'Counted'; readonly units: number; readonly unit: string } | { readonly type: 'Closed' };

const counts = new KeyedStreams<Counted>('count', ['Counted', 'Closed'], {
  Counted: [(data) => ({ ...data, unit: 'piece' }), ({ count, ...data }) => ({ ...data, units: count })],
});
const metadata = { tenant: 'acme' };

describe('a family of streams', () => {
  it('stores the name with its newest version, and the data without the name', () => {
    expect(counts.encode({ type: 'Counted', units: 3, unit: 'box' })).toEqual({ type: 'Counted.v3', data: { units: 3, unit: 'box' } });
    expect(counts.encode({ type: 'Closed' })).toEqual({ type: 'Closed.v1', data: {} });
  });

  it.each([
    ['Counted.v1', { count: 3 }, 'piece'],
    ['Counted.v2', { count: 3, unit: 'box' }, 'box'],
    ['Counted.v3', { units: 3, unit: 'box' }, 'box'],
  ])('reads %s', (type, data, unit) => {
    expect(counts.decode({ type, data })).toEqual({ type: 'Counted', units: 3, unit });
    expect(counts.nameOf(type)).toBe('Counted');
    expect(counts.newest({ type, data })).toEqual({ type: 'Counted.v3', data: { units: 3, unit } });
  });

  it('leaves the newest as it is', () => {
    const stored = { type: 'Counted.v3', data: { units: 3, unit: 'box' } };
    expect(counts.newest(stored)).toBe(stored);
  });

  it('names every version that a subscription has to ask for', () => {
    expect(counts.storedTypes(['Counted'])).toEqual(['Counted.v1', 'Counted.v2', 'Counted.v3']);
    expect(counts.storedTypes()).toEqual(['Counted.v1', 'Counted.v2', 'Counted.v3', 'Closed.v1']);
  });

  it.each([
    ['a version of a newer Holdfast', 'Counted.v4', {}],
    ['an event of a newer Holdfast', 'Reopened.v1', {}],
    ['an event without version', 'Counted', {}],
    ['data that is no object', 'Counted.v3', 5],
    ['a list', 'Counted.v1', []],
  ])('does not pass over %s, and passes it on as it is', (_, type, data) => {
    expect(() => counts.decode({ type, data })).toThrow(UnreadableEvent);
    expect(counts.newest({ type, data })).toEqual({ type, data });
  });

  it('names streams and takes names apart', () => {
    const stream = counts.streamOf('acme', 'TEE.M-1');
    expect(stream).toBe('count-acme.TEE.M-1');
    expect(counts.parse(stream)).toEqual({ tenant: 'acme', id: 'TEE.M-1' });
    expect(counts.parse('count-a-b.count-c.d')).toEqual({ tenant: 'a-b', id: 'count-c.d' });
    expect(counts.idOf({ stream, metadata })).toBe('TEE.M-1');
    expect(counts.holds({ stream })).toBe(true);
    expect(counts.holds({ stream: 'counter-acme.1' })).toBe(false);
  });
});

describe('the streams of Holdfast', () => {
  it('have names that never change, as they lie in the stores of users', () =>
    expect([
      STREAMS.stock.streamOf('t', 'S'),
      STREAMS.order.streamOf('t', 'ro_1'),
      STREAMS.transfer.streamOf('t', 'tr_1'),
      STREAMS.request.streamOf('t', 'sr_1'),
      STREAMS.locations.streamOf('t'),
      STREAMS.channels.streamOf('t'),
    ]).toEqual(['stock-t.S', 'order-t.ro_1', 'transfer-t.tr_1', 'request-t.sr_1', 'locations-t', 'channels-t']));

  it('are known by their names', () => {
    const disabled = { stream: 'channels-acme', type: 'ChannelDisabled.v1', data: { channelId: 'web' }, metadata };
    expect(readEvent(disabled)).toEqual({ family: 'channels', event: { type: 'ChannelDisabled', channelId: 'web' } });
    expect(newestVersion(disabled)).toBe(disabled);
    const released = { stream: 'order-acme.ro_1', type: 'OrderReleased.v1', data: {}, metadata };
    expect(readEvent(released)).toEqual({ family: 'order', key: 'ro_1', event: { type: 'OrderReleased' } });
  });

  it('hold no events of each other, and nobody else belongs to them', () => {
    const misplaced = { stream: 'order-acme.ro_1', type: 'ChannelDisabled.v1', data: {}, metadata };
    expect(() => readEvent(misplaced)).toThrow(UnreadableEvent);
    expect(() => readEvent({ ...misplaced, stream: 'other-1' })).toThrow(UnreadableEvent);
    expect(newestVersion(misplaced)).toBe(misplaced);
  });
});
