import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchDescribed } from './described-answers.js';

const json = (schema: object): object => ({ description: 'x', content: { 'application/json': { schema } } });
const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, units: { type: ['integer', 'null'] } } };
const document = {
  openapi: '3.1.0',
  paths: {
    '/things/{id}': {
      get: { responses: { 200: json({ $ref: '#/components/schemas/Thing' }), default: { $ref: '#/components/responses/Problem' } } },
    },
    '/things/first': { get: { responses: { 201: json(thing) } } },
  },
  components: {
    schemas: { Thing: thing, Problem: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } } },
    responses: { Problem: json({ $ref: '#/components/schemas/Problem' }) },
  },
};

describe('a client that holds answers against the document', () => {
  let server: Server;
  let base: string;
  let next: { readonly status: number; readonly body: unknown };

  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      const { status, body } = url === '/openapi.json' ? { status: 200, body: document } : next;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const ask = async (path: string, status: number, body: unknown): Promise<unknown> => {
    next = { status, body };
    return (await fetchDescribed(base, path)).json();
  };

  it.each([
    ['/things/1?page=2', 200, { id: 'a', units: null }],
    ['/things/1', 404, { code: 'unknown' }],
    ['/elsewhere', 200, { any: 1 }],
    ['/things/1', 503, { any: 1 }],
  ])('gives %s, %i with %j', async (path, status, body) => expect(await ask(path, status, body)).toEqual(body));

  it.each([
    ['/things/1', 200, { units: 1 }, "must have required property 'id'"],
    ['/things/1', 200, { id: 'a', units: 'b' }, '/units must be integer,null'],
    ['/things/1', 200, { id: 'a', more: 1 }, '"additionalProperty":"more"'],
    ['/things/1', 201, { id: 'a' }, '201 is not among 200, default'],
    ['/things/first', 200, { id: 'a' }, '200 is not among 201'],
    ['/things/1', 404, { error: 'x' }, "must have required property 'code'"],
  ])('refuses %s, %i with %j', (path, status, body, fault) => expect(ask(path, status, body)).rejects.toThrow(fault));
});
