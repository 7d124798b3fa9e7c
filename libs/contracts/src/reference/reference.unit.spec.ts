import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { eventSamples } from '../../test/event-samples.js';
import { messageSamples } from '../../test/message-samples.js';
import { cloudEvent } from '../envelope.js';
import { TOPICS } from '../topics.js';
import { renderReference } from './render.js';

const checkedIn = (name: string): string => {
  const file = fileURLToPath(new URL(`../../../../docs/reference/${name}`, import.meta.url));
  return existsSync(file) ? readFileSync(file, 'utf8') : 'missing';
};

interface AsyncApi {
  readonly asyncapi: string;
  readonly channels: Readonly<
    Record<string, { readonly address: string; readonly messages: Readonly<Record<string, { readonly $ref: string }>> }>
  >;
  readonly operations: Readonly<
    Record<string, { readonly channel: { readonly $ref: string }; readonly messages: readonly { readonly $ref: string }[] }>
  >;
}

const rendered = renderReference();
const asyncApi = JSON.parse(rendered['asyncapi.json'] ?? '') as AsyncApi;

const lookUp = (document: unknown, ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], document);

describe('the reference', () => {
  it.each(Object.keys(rendered))('docs/reference/%s is what the schemas say (if not: npm run docs:reference)', (name) => {
    expect(checkedIn(name) === rendered[name]).toBe(true);
  });

  it('has a page of every topic and every event', () => {
    for (const { name } of Object.values(TOPICS)) expect(rendered['topics.md']).toContain(`## ${name}\n`);
    for (const { type } of Object.values(eventSamples).flat()) expect(rendered['events.md']).toContain(`### ${type}.v1\n`);
  });
});

describe('the AsyncAPI document', () => {
  it('is one of version 3 that knows every topic', () => {
    expect(asyncApi.asyncapi).toBe('3.0.0');
    expect(Object.values(asyncApi.channels).map(({ address }) => address)).toEqual(Object.values(TOPICS).map(({ name }) => name));
  });

  it('refers to nothing that is not there', () => {
    const refs = [
      ...Object.values(asyncApi.channels).flatMap(({ messages }) => Object.values(messages)),
      ...Object.values(asyncApi.operations).flatMap(({ channel, messages }) => [channel, ...messages]),
    ];
    expect(refs.filter(({ $ref }) => lookUp(asyncApi, $ref) === undefined)).toEqual([]);
  });
});

describe('the JSON Schemas', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(JSON.parse(rendered['schemas.json'] ?? '') as object, 'holdfast');
  const isValid = (name: string, value: unknown): boolean => ajv.validate({ $ref: `holdfast#/$defs/${name}` }, value);

  it.each(Object.values(eventSamples).flat())('take a stored $type', ({ type, ...data }) => expect(isValid(`${type}.v1`, data)).toBe(true));

  it.each(Object.entries(messageSamples))('take a message %s in its envelope, and none without its tenant', (type, data) => {
    const message = cloudEvent({ id: '1', source: 'test', type, at: 0, tenant: 'demo', data });
    expect(isValid(type, message)).toBe(true);
    expect(isValid(type, { ...message, tenant: undefined })).toBe(false);
  });
});
