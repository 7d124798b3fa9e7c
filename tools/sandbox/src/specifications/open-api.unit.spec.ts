import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApi } from './open-api.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-api-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, document: object): string => {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(document));
  return file;
};

const item = { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } }, example: { $ref: 'nowhere' } };

describe('a specification in OpenAPI 3', () => {
  const api = () =>
    openApi(
      written('three.json', {
        openapi: '3.0.0',
        paths: {
          '/items/{sku}': {
            put: {
              requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } } },
              responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } } } },
            },
          },
        },
        components: { schemas: { Item: item } },
      }),
    );

  it('finds nothing wrong with what it describes', () =>
    expect(api().check('PUT', '/items/{sku}', { sku: 'A' }, 200, { sku: 'A' })).toEqual([]));

  it('names the place of each fault', () =>
    expect(api().check('PUT', '/items/{sku}', { sku: 1 }, 200, {})).toEqual([
      'request/sku must be string',
      "answer 200 must have required property 'sku'",
    ]));

  it('says nothing of what it does not describe', () => {
    expect(api().check('PUT', '/items/{sku}', { sku: 'A' }, 500, {})).toEqual([]);
    expect(api().check('GET', '/other', {}, 200, {})).toEqual([]);
    expect(api().has('PUT', '/items/{sku}')).toBe(true);
    expect(api().has('GET', '/items/{sku}')).toBe(false);
  });
});

describe('a specification in OpenAPI 2', () => {
  it('reads bodies from its parameters and answers', () => {
    const api = openApi(
      written('two.json', {
        swagger: '2.0',
        paths: {
          '/items': {
            post: {
              parameters: [{ in: 'body', name: 'body', schema: { $ref: '#/definitions/Item' } }],
              responses: { 202: { schema: { $ref: '#/definitions/Item' } } },
            },
          },
        },
        definitions: { Item: item },
      }),
    );
    expect(api.check('POST', '/items', {}, 202, { sku: 2 })).toEqual([
      "request must have required property 'sku'",
      'answer 202/sku must be string',
    ]);
  });
});
