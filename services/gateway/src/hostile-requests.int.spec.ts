import { connect } from 'node:net';
import { listening, startTestPostgres, type Client, type TestPostgres } from '@holdfast/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { echoService } from '../test/echo-service.js';
import { surroundings, type Surroundings } from '../test/surroundings.js';
import { perService } from '@holdfast/platform';
import { createGateway, type Gateway } from './gateway.js';
import { ensureAdminKey } from './keys/admin-key.js';

const adminKey = 'hf_admin_key_of_the_test';
const bearer = { authorization: `Bearer ${adminKey}` };

describe('the gateway and requests of clumsy or hostile callers', () => {
  let postgres: TestPostgres;
  let around: Surroundings;
  let service: NestFastifyApplication;
  let gateway: Gateway;
  let ask: Client;
  let port: number;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    around = surroundings(postgres, { now: () => Date.now() }, { HOLDFAST_API_KEY: adminKey, HOLDFAST_UNKNOWN_RATE_PER_SECOND: '3' });
    service = await echoService(around);
    const target = {
      kind: 'in-process',
      handle: (request: never, response: never) => service.getHttpAdapter().getInstance().routing(request, response),
    } as const;
    gateway = await createGateway({ runtime: around, targets: perService(() => target) });
    await ensureAdminKey(gateway, around.config);
    ask = await listening(gateway.app);
    port = Number(new URL(await gateway.app.getUrl()).port);
  });
  afterAll(async () => {
    await gateway.stop();
    await service.close();
    await around.close();
    await postgres.stop();
  });

  /** Sends the text as it is and reads until the connection ends. */
  const raw = (text: string): Promise<{ status: number; head: string; body: Record<string, unknown> }> =>
    new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => (answer += chunk.toString()));
      // A connection may be reset after the answer, as the gateway does not read the rest of what it refused.
      socket.on('error', (error) => (answer === '' ? reject(error) : undefined));
      socket.on('close', () => {
        const [head = '', body = ''] = answer.split('\r\n\r\n');
        resolve({ status: Number(head.split(' ')[1]), head, body: JSON.parse(body) as Record<string, unknown> });
      });
    });
  const request = (line: string, ...headers: string[]): string => `${[line, ...headers, 'connection: close'].join('\r\n')}\r\n\r\n`;
  const create = async (body: object) =>
    (await ask({ method: 'POST', url: '/v1/keys', payload: { name: 'one', ...body }, headers: bearer })).json<{
      id: string;
      key: string;
    }>();
  const authorized = `authorization: Bearer ${adminKey}`;

  it('answers a target in absolute form, as proxies send it', async () => {
    const answer = await raw(request('GET http://shop.example/sales-channel/inventory/A?x=1 HTTP/1.1', 'host: shop.example', authorized));
    expect([answer.status, answer.body['sku']]).toEqual([200, 'A']);
  });

  it.each([
    ['two Host headers', request('GET /v1/keys HTTP/1.1', 'host: a', 'host: b', authorized), 400, 'malformed_request'],
    ['no Host header', request('GET /v1/keys HTTP/1.1', authorized), 400, 'malformed_request'],
    ['a target that is no path', request('GET v1/keys HTTP/1.1', 'host: a', authorized), 400, 'malformed_request'],
    ['a target of another scheme', request('GET ftp://a/v1/keys HTTP/1.1', 'host: a', authorized), 400, 'malformed_request'],
    ['what is no HTTP', 'hello\r\n\r\n', 400, 'malformed_request'],
    ['headers without an end', request(`GET / HTTP/1.1`, 'host: a', `x: ${'y'.repeat(70_000)}`), 431, 'headers_too_large'],
    ['an expectation', request('GET /v1/keys HTTP/1.1', 'host: a', 'expect: the-best', authorized), 417, 'unknown_expectation'],
    ['a tunnel', request('CONNECT shop.example:443 HTTP/1.1', 'host: shop.example', authorized), 405, 'method_not_allowed'],
    ['a length that is none', request('POST /v1/keys HTTP/1.1', 'host: a', 'content-length: -5'), 400, 'malformed_request'],
  ])('refuses %s in the one error shape', async (_, text, status, code) => {
    const answer = await raw(text);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.body).toMatchObject({ error: expect.any(String) as string, details: [], requestId: expect.any(String) as string });
    expect(answer.head.toLowerCase()).toContain('content-type: application/json');
  });

  describe('the last key that can make keys', () => {
    const revoke = (id: string) => ask({ method: 'DELETE', url: `/v1/keys/${id}`, headers: bearer });

    it('cannot be revoked by a key', async () => {
      await create({ roles: ['analyst'] });
      await create({ roles: ['admin'], expiresAt: new Date(Date.now() + 60_000).toISOString() });
      const answer = await revoke('key_environment');
      expect([answer.statusCode, answer.json()['code']]).toEqual([409, 'last_admin_key']);
      expect((await ask({ url: '/v1/keys', headers: bearer })).statusCode).toBe(200);
    });

    it('can be revoked once there is another, also where two revoke each other at once', async () => {
      const other = await create({ permissions: ['keys.*'] });
      const by = (subject: string) => ({ tenant: 'demo', subject, permissions: ['keys.*'] });
      const outcomes = await Promise.allSettled([
        gateway.keys.revoke(by('key_environment'), other.id),
        gateway.keys.revoke(by(other.id), 'key_environment'),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { status: 409, code: 'last_admin_key' } });
      await ensureAdminKey(gateway, around.config);
    });
  });

  it('limits unknown keys of an address, and nobody whose key works', async () => {
    expect((await ask({ url: '/v1/keys', headers: bearer })).statusCode).toBe(200);
    const tries = await Promise.all(
      Array.from({ length: 200 }, (_, index) => ask({ url: '/v1/keys', headers: { authorization: `Bearer hf_guess_${index}` } })),
    );
    const codes = new Set(tries.map((answer) => answer.json()['code']));
    expect(codes).toEqual(new Set(['invalid_api_key', 'rate_limited']));
    expect((await ask({ url: '/v1/keys', headers: bearer })).statusCode).toBe(200);
    // Also after a key was made: those that are known stay known.
    expect((await create({ roles: ['analyst'] })).key).toMatch(/^hf_/);
    expect((await ask({ url: '/v1/keys', headers: bearer })).statusCode).toBe(200);
  });
});
