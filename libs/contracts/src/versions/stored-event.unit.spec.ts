import { evolveOrder, evolveSku, initialOrderState, initialSkuState } from '@holdfast/inventory';
import type { OrderEvent, SkuEvent } from '@holdfast/inventory';
import { goldenFiles } from '../../test/golden.js';
import { domainEventSchemas } from '../schemas/domain-events.js';
import { messageDataSchemas } from '../schemas/messages.js';
import { validatorOf } from '../validation/validator.js';
import { domainEventOf, newestVersion } from './stored-event.js';

const eventSchemas = Object.fromEntries(Object.values(domainEventSchemas).flatMap((schemas) => Object.entries(schemas)));
const events = goldenFiles.filter(({ kind }) => kind === 'event');
const messages = goldenFiles.filter(({ kind }) => kind === 'message');

describe('what a released version stored', () => {
  it.each(events)('$file is brought to the newest version, which takes it', (golden) => {
    const { type, data } = newestVersion(golden);
    const schema = eventSchemas[type];
    if (schema === undefined) throw new Error(`${type} is known no more; an upcast must lead on from it`);
    expect(validatorOf(schema)(data)).toEqual([]);
  });

  it.each(events.filter(({ type }) => type in domainEventSchemas.stock))('$file folds into the state of a SKU', (golden) => {
    const event = domainEventOf(golden) as SkuEvent;
    expect(evolveSku(initialSkuState(), event, 0)).toBeDefined();
  });

  it.each(events.filter(({ type }) => type in domainEventSchemas.order))('$file folds into the state of an order', (golden) => {
    expect(evolveOrder(initialOrderState(), domainEventOf(golden) as OrderEvent, 0).phase).not.toBeUndefined();
  });

  it.each(messages)('$file is still taken by the schema of its topic', ({ type, data }) => {
    const schema = Object.entries(messageDataSchemas).find(([known]) => known === type)?.[1];
    if (schema === undefined) throw new Error(`messages of type ${type} are known no more`);
    expect(validatorOf(schema)(data)).toEqual([]);
  });

  it('is pinned for every event and message', () => {
    expect(events.map(({ type }) => type).sort()).toEqual(Object.keys(eventSchemas).sort());
    expect(messages.map(({ type }) => type).sort()).toEqual(Object.keys(messageDataSchemas).sort());
  });
});

describe('bringing an event to its newest version', () => {
  const upcasts = {
    'Counted.v1': (data: Readonly<Record<string, unknown>>) => ({ type: 'Counted.v2', data: { ...data, unit: 'piece' } }),
    'Counted.v2': ({ count, ...data }: Readonly<Record<string, unknown>>) => ({ type: 'Counted.v3', data: { ...data, units: count } }),
  };

  it('goes one version at a time', () =>
    expect(newestVersion({ type: 'Counted.v1', data: { count: 3 } }, upcasts)).toEqual({
      type: 'Counted.v3',
      data: { unit: 'piece', units: 3 },
    }));

  it('leaves the newest as it is', () =>
    expect(newestVersion({ type: 'Counted.v3', data: { units: 3 } }, upcasts)).toEqual({ type: 'Counted.v3', data: { units: 3 } }));

  it('refuses upcasts that go in a circle, and data that is no object', () => {
    const circle = { 'A.v1': () => ({ type: 'A.v1', data: {} }) };
    expect(() => newestVersion({ type: 'A.v1', data: {} }, circle)).toThrow('circle');
    expect(() => newestVersion({ type: 'A.v1', data: 5 })).toThrow('no object');
  });

  it('names an event as the domain does', () =>
    expect(domainEventOf({ type: 'ChannelDisabled.v1', data: { channelId: 'web' } })).toEqual({
      type: 'ChannelDisabled',
      channelId: 'web',
    }));
});
