import { eventSamples } from '../../test/event-samples.js';
import { messageSamples } from '../../test/message-samples.js';
import { validatorOf } from '../validation/validator.js';
import { domainEventSchemas, strictDomainEventSchemas } from './domain-events.js';
import { STREAMS, type StreamFamilyName } from '../streams/families.js';
import type { StreamFamily } from '../streams/family.js';
import { messageDataSchemas } from './messages.js';

const FAMILIES = Object.keys(STREAMS) as readonly StreamFamilyName[];
const newestTypeOf = (family: StreamFamilyName, type: string): string =>
  (STREAMS[family] as StreamFamily<{ readonly type: string }>).newestType(type);
const schemaOf = (family: StreamFamilyName, type: string, strict: boolean) => {
  const schema = (strict ? strictDomainEventSchemas : domainEventSchemas)[family][newestTypeOf(family, type)];
  if (schema === undefined) throw new Error(`no schema of ${type}`);
  return schema;
};
const cases = FAMILIES.flatMap((family) => eventSamples[family].map((sample) => [sample.type, family, sample] as const));

describe('the schema of an event', () => {
  it.each(cases)('%s takes what the domain writes, field for field', (type, family, { type: _, ...data }) => {
    const schema = schemaOf(family, type, true);
    expect(validatorOf(schema)(data)).toEqual([]);
    expect(Object.keys(data).sort()).toEqual(Object.keys(schema.properties).sort());
  });

  it.each(cases)('%s misses each field that must be there', (type, family, { type: _, ...data }) => {
    const schema = schemaOf(family, type, false);
    for (const field of schema.required) {
      const without = Object.fromEntries(Object.entries(data).filter(([name]) => name !== field));
      expect(validatorOf(schema)(without)).toEqual([{ field, message: 'is required' }]);
    }
  });

  it('bears fields that a later version adds', () => {
    expect(validatorOf(schemaOf('locations', 'LocationChanged', false))({ ...eventSamples.locations[1], later: true })).toEqual([]);
  });

  it('exists for every event that the domain knows', () => {
    for (const family of FAMILIES) {
      expect(Object.keys(domainEventSchemas[family]).sort()).toEqual(
        eventSamples[family].map(({ type }) => newestTypeOf(family, type)).sort(),
      );
    }
  });
});

describe('the schema of a message', () => {
  it.each(Object.entries(messageDataSchemas))('%s takes what is sent', (type, schema) => {
    const sample = messageSamples[type];
    expect(sample).toBeDefined();
    expect(validatorOf(schema)(sample)).toEqual([]);
    expect(Object.keys(sample ?? {}).sort()).toEqual(Object.keys(schema.properties).sort());
  });
});
