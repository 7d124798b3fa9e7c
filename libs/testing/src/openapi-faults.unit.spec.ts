import { openApiFaults } from './openapi-faults.js';

const operation = {
  operationId: 'find',
  summary: 'Find one',
  tags: ['Things'],
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
  responses: { 200: { description: 'Found' }, default: { $ref: '#/components/responses/Problem' } },
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
    [{ responses: { default: operation.responses.default } }, 'describes no success'],
    [{ responses: { 200: {} } }, 'has no description'],
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
    const twice = { ...document(), paths: { '/a': { get: { ...operation, parameters: [] }, put: { ...operation, parameters: [] } } } };
    expect(openApiFaults(twice)).toEqual(['PUT /a: operationId find is missing or taken']);
  });

  it('name another version', () => expect(openApiFaults({ ...document(), openapi: '3.0.0' })).toEqual(['is not of version 3.1']));
});
