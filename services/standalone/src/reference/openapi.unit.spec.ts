import { readFileSync } from 'node:fs';
import { openApiFaults } from '@holdfast/testing';
import { openApiOfAll, printed } from './openapi.js';

describe('the OpenAPI document of all services', () => {
  let document: Awaited<ReturnType<typeof openApiOfAll>>;

  beforeAll(async () => {
    document = await openApiOfAll();
  });

  it('is the one in docs/reference; npm run docs:reference writes it', () =>
    expect(readFileSync('docs/reference/openapi.json', 'utf8')).toBe(printed(document)));

  it('has no faults: each answer has its schema, each write says what its repeat does, each list is named', () =>
    expect(openApiFaults(document)).toEqual([]));
});
