import { mergeDocuments } from './merge.js';

const document = (schemas: object, path: string, ref: string, operationId: string) => ({
  paths: {
    [path]: {
      get: { operationId, responses: { 200: { content: { 'application/json': { schema: { $ref: `#/components/schemas/${ref}` } } } } } },
    },
  },
  components: { schemas, securitySchemes: { bearer: { type: 'http' } } },
});

describe('one document of several', () => {
  it('keeps equal components once and renames those that differ, with what refers to them', () => {
    const merged = mergeDocuments({ openapi: '3.1.0' }, [
      { service: 'reservation', document: document({ Line: { type: 'object' }, Problem: { type: 'string' } }, '/b', 'Line', 'lines.list') },
      {
        service: 'channel-connector',
        document: document(
          { Line: { type: 'array', items: { $ref: '#/components/schemas/Line' } }, Problem: { type: 'string' } },
          '/a',
          'Line',
          'rows.list',
        ),
      },
    ]);
    expect(merged).toEqual({
      openapi: '3.1.0',
      paths: {
        '/a': {
          get: {
            operationId: 'rows.list',
            responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/ChannelConnectorLine' } } } } },
          },
        },
        '/b': {
          get: {
            operationId: 'lines.list',
            responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Line' } } } } },
          },
        },
      },
      components: {
        schemas: {
          Line: { type: 'object' },
          Problem: { type: 'string' },
          ChannelConnectorLine: { type: 'array', items: { $ref: '#/components/schemas/ChannelConnectorLine' } },
        },
        securitySchemes: { bearer: { type: 'http' } },
      },
    });
  });

  it('joins the methods of a path that two services answer', () => {
    const merged = mergeDocuments({}, [
      { service: 'ingestion', document: { paths: { '/api/products': { post: { operationId: 'create' } } } } },
      { service: 'atp-projection', document: { paths: { '/api/products': { get: { operationId: 'list' } } } } },
    ]);
    expect(merged['paths']).toEqual({ '/api/products': { post: { operationId: 'create' }, get: { operationId: 'list' } } });
  });
});
