import { openApiFaults } from './openapi-faults.js';

const thing = { type: 'object', properties: { id: { type: 'string' } } };
const answer = (schema: object) => ({ 200: { description: 'Found', content: { 'application/json': { schema } } }, default: refused });
const refused = { $ref: '#/components/responses/Problem' };
const operation = {
  operationId: 'things.get',
  'x-permissions': ['things.read'],
  summary: 'Find one',
  tags: ['Things'],
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
  responses: answer(thing),
  security: [{ bearer: [] }],
};
const document = (more: object = {}) => ({
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: { '/things/{id}': { get: { ...operation, ...more } } },
  components: { responses: { Problem: { description: 'Refused' } }, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
});

describe('faults of an OpenAPI document', () => {
  it('are none in a good one', () => expect(openApiFaults(document())).toEqual([]));

  it.each([
    [{ parameters: [] }, 'does not declare {id}'],
    [{ parameters: [...operation.parameters, { name: 'other', in: 'path', required: true }] }, 'declares other'],
    [{ parameters: [{ name: 'id', in: 'path' }] }, 'must be required'],
    [{ responses: { default: refused } }, 'describes no success'],
    [{ responses: { 200: {} } }, 'has no description'],
    [{ responses: { 200: { description: 'x' } } }, 'response 200 has no schema'],
    [{ responses: answer({ type: 'object' }) }, 'says nothing of its fields'],
    [{ responses: answer({ ...thing, properties: { pagination: {} } }) }, 'x-page and the pagination'],
    [{ 'x-page': { maxSize: 100 } }, 'x-page and the pagination'],
    [{ 'x-page': { list: 'id', maxSize: 100 }, responses: answer({ ...thing, properties: { pagination: {} } }) }, 'names no list'],
    [{ 'x-permissions': undefined }, 'has no x-permissions'],
    [{ operationId: 'Things_find' }, 'not resource.verb'],
    [{ responses: { 200: { description: 'x' } } }, 'describes no refusal'],
    [{ security: [] }, 'says nothing of who may call it'],
    [{ security: [{ cookie: [] }] }, 'unknown scheme cookie'],
    [{ requestBody: { $ref: '#/components/schemas/Gone' } }, 'leads nowhere'],
    [{ summary: undefined }, 'has no summary'],
    [{ summary: ' ' }, 'has no summary'],
    [{ tags: ['Things', 'Finding'] }, 'stands under 2 tags'],
    [{ tags: undefined }, 'stands under 0 tags'],
    [{ operationId: undefined }, 'is missing or taken'],
  ])('name %j', (more, fault) => expect(openApiFaults(document(more)).join()).toContain(fault));

  it('name an id that two operations have', () => {
    const put = { ...operation, parameters: [], 'x-idempotency': 'natural' };
    const twice = { ...document(), paths: { '/a': { get: { ...operation, parameters: [] }, put } } };
    expect(openApiFaults(twice)).toEqual(['PUT /a: operationId things.get is missing or taken']);
  });

  it('name a write that does not say what its repeat does', () => {
    const { get } = document().paths['/things/{id}'];
    expect(openApiFaults({ ...document(), paths: { '/things/{id}': { post: get } } })).toEqual(['POST /things/{id}: has no x-idempotency']);
  });

  it('name another version', () => expect(openApiFaults({ ...document(), openapi: '3.0.0' })).toEqual(['is not of version 3.1']));
});
