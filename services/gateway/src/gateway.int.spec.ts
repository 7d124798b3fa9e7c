import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceTarget, ServiceTargets } from '@holdfast/forwarding';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CALLER_HEADER, loadConfig, perService, signCaller } from '@holdfast/platform';
import { listening, openApiFaults, startOwnTestPostgres, type Client, type TestPostgres } from '@holdfast/testing';
import { SignJWT } from 'jose';
import { echoService } from '../test/echo-service.js';
import { surroundings, type Surroundings } from '../test/surroundings.js';
import { createGateway, type Gateway } from './gateway.js';
import { ensureAdminKey } from './keys/admin-key.js';

const internalSecret = 'correct-horse-battery-staple-forever';
const jwtSecret = 'another-secret-that-is-long-enough-too';
const operatorKey = 'operator-key-of-the-test-that-is-long';
const adminKey = 'hf_admin_key_of_the_test';
const environment = {
  HOLDFAST_API_KEY: adminKey,
  HOLDFAST_INTERNAL_SECRET: internalSecret,
  HOLDFAST_OPERATOR_KEY: operatorKey,
  HOLDFAST_JWT_SECRET: jwtSecret,
  HOLDFAST_BODY_LIMIT_BYTES: '20000',
  // The page without it is tested here; the console has specs of its own.
  HOLDFAST_CONSOLE: '0',
};

const everywhere = (target: ServiceTarget): ServiceTargets => perService(() => target);

describe.each(['in-process', 'http'] as const)('the gateway with services over %s', (kind) => {
  let postgres: TestPostgres;
  let around: Surroundings;
  let service: NestFastifyApplication;
  let gateway: Gateway;
  let ask: Client;
  let url: string;
  let now: number;

  beforeAll(async () => {
    postgres = await startOwnTestPostgres();
  });
  afterAll(() => postgres.stop());

  const start = async (more: Record<string, string> = {}): Promise<void> => {
    now = Date.now();
    around = surroundings(postgres, { now: () => now }, { ...environment, ...more });
    // Its own process in one case: then its health is its own too.
    const aroundService = kind === 'http' ? surroundings(postgres, around.clock, { ...environment, ...more }) : around;
    service = await echoService(aroundService);
    let target: ServiceTarget = {
      kind: 'in-process',
      handle: (request, response) => service.getHttpAdapter().getInstance().routing(request, response),
    };
    if (kind === 'http') {
      await service.listen(0, '127.0.0.1');
      target = { kind: 'http', urls: [await service.getUrl()] };
    }
    gateway = await createGateway({ runtime: around, targets: everywhere(target) });
    await ensureAdminKey(gateway, around.config);
    ask = await listening(gateway.app);
    url = await gateway.app.getUrl();
  };
  beforeEach(() => start());
  const stop = async (): Promise<void> => {
    await gateway.stop();
    await service.close();
    await around.close();
  };
  afterEach(() => stop());

  const bearer = (credential: string = adminKey): Record<string, string> => ({ authorization: `Bearer ${credential}` });
  describe('what concerns all tenants', () => {
    const begin = (credential: string) => ask({ method: 'POST', url: '/v1/operations/rebuild', headers: bearer(credential) });

    it('is the operator’s alone: no tenant’s admin, whatever its token names', async () => {
      expect((await begin(operatorKey)).statusCode).toBe(201);
      const claims = { tenant: 'demo', roles: ['admin'], permissions: ['*', 'installation.*', 'installation.rebuild'] };
      for (const credential of [adminKey, await token(claims)]) {
        const answer = await begin(credential);
        expect([answer.statusCode, answer.json()['code']]).toEqual([403, 'missing_permission']);
      }
    });

    it('gives the operator nothing of a tenant', async () => {
      for (const url of ['/sales-channel/inventory/A', '/v1/keys'])
        expect((await ask({ url, headers: bearer(operatorKey) })).statusCode).toBe(403);
    });
  });

  const token = (claims: object, endsInSeconds = 60): Promise<string> =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(now / 1000) + endsInSeconds)
      .sign(new TextEncoder().encode(jwtSecret));
  const view = (headers: Record<string, string>, sku = 'A') => ask({ url: `/sales-channel/inventory/${sku}`, headers });
  const create = (payload: object, headers = bearer()) => ask({ method: 'POST', url: '/v1/keys', payload, headers });
  const code = (answer: { json: () => Record<string, unknown> }): unknown => answer.json()['code'];

  describe('who asks', () => {
    it('is the key, with its tenant and permissions', async () => {
      const answer = await view(bearer());
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toMatchObject({ sku: 'A', tenant: 'demo', permissions: ['*'] });
      expect((await view({ 'x-api-key': adminKey })).statusCode).toBe(200);
    });

    it('is the token', async () => {
      const answer = await view(bearer(await token({ tenant: 'acme', sub: 'u1', permissions: ['inventory.read'] })));
      expect(answer.json()).toMatchObject({ tenant: 'acme', subject: 'u1', permissions: ['inventory.read'] });
    });

    it('is, behind a key, the person who made it, or who made the key that made it', async () => {
      const maker = bearer(await token({ tenant: 'makers', sub: 'u1', permissions: ['keys.*', 'inventory.read'] }));
      const wish = { name: 'mine', permissions: ['keys.*', 'inventory.read'] };
      const first = (await create(wish, maker)).json<{ key: string; id: string }>();
      const second = (await create(wish, bearer(first.key))).json<{ key: string; id: string }>();
      expect((await view(bearer(first.key))).json()).toMatchObject({ subject: first.id, person: 'u1' });
      expect((await view(bearer(second.key))).json()).toMatchObject({ subject: second.id, person: 'u1' });
    });

    it.each([
      ['nothing', () => Promise.resolve({}), 'unauthenticated'],
      ['an unknown key', () => Promise.resolve(bearer('hf_unknown')), 'invalid_api_key'],
      ['an expired token', async () => bearer(await token({ tenant: 'acme' }, -60)), 'token_expired'],
      ['a tampered token', async () => bearer(`${(await token({ tenant: 'acme' })).slice(0, -4)}AAAA`), 'invalid_token'],
    ])('cannot be told from %s', async (_, headers, expected) => {
      const answer = await view(await headers());
      expect([answer.statusCode, code(answer)]).toEqual([401, expected]);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.headers['x-request-id']).toBe(answer.json()['requestId']);
    });

    it('must be of the organisation that orgid names', async () => {
      expect((await view({ ...bearer(), orgid: 'demo' })).statusCode).toBe(200);
      const answer = await view({ ...bearer(), orgid: 'acme' });
      expect([answer.statusCode, code(answer)]).toEqual([403, 'org_mismatch']);
    });

    it('must hold the permission of the route', async () => {
      const answer = await view(bearer(await token({ tenant: 'acme', roles: ['erp'], permissions: [] })), 'A');
      expect(answer.statusCode).toBe(200);
      const refused = await ask({
        method: 'POST',
        url: '/sales-channel/inventory/reserve',
        payload: { sku: 'A', quantity: 1 },
        headers: bearer(await token({ tenant: 'acme', roles: ['erp'] })),
      });
      expect([refused.statusCode, code(refused)]).toEqual([403, 'missing_permission']);
    });

    it('cannot be forged by internal headers', async () => {
      const forged = { [CALLER_HEADER]: signCaller({ tenant: 'evil', subject: 'x', permissions: ['*'] }, internalSecret) };
      expect((await view(forged)).statusCode).toBe(401);
      expect((await view({ ...forged, ...bearer() })).json()).toMatchObject({ tenant: 'demo' });
    });
  });

  describe('requests', () => {
    it('are handed over as they came', async () => {
      const answer = await view({ ...bearer(), 'x-request-id': 'mine-1' }, 'A%2FB%20C?from=x&to=%2B');
      expect(answer.json()).toMatchObject({ sku: 'A/B C', query: { from: 'x', to: '+' } });
      expect(answer.headers['x-request-id']).toBe('mine-1');
    });

    it('carry bodies, and repeats of a key are answered as the first', async () => {
      const reserve = (quantity: number) =>
        ask({
          method: 'POST',
          url: '/sales-channel/inventory/reserve',
          payload: { sku: 'A', quantity },
          headers: { ...bearer(), 'idempotency-key': 'k1' },
        });
      expect(await reserve(1)).toMatchObject({ statusCode: 201 });
      expect((await reserve(1)).headers['idempotency-replayed']).toBe('true');
      const reused = await reserve(2);
      expect([reused.statusCode, code(reused)]).toEqual([422, 'idempotency_key_reused']);
    });

    it.each([
      ['half a document', '{"sku":', 400, 'malformed_json'],
      ['a fraction', '{"sku":"A","quantity":1.5}', 400, 'validation_failed'],
      ['a negative figure', '{"sku":"A","quantity":-1}', 400, 'validation_failed'],
      ['a huge figure', '{"sku":"A","quantity":1e15}', 400, 'validation_failed'],
      ['more than the limit', `{"sku":"${'A'.repeat(30_000)}","quantity":1}`, 413, 'body_too_large'],
    ])('are refused with %s', async (_, payload, status, expected) => {
      const answer = await ask({
        method: 'POST',
        url: '/sales-channel/inventory/reserve',
        payload,
        headers: { ...bearer(), 'content-type': 'application/json' },
      });
      expect([answer.statusCode, code(answer)]).toEqual([status, expected]);
    });

    it('over the limit are refused though they do not tell their length', async () => {
      const send = (chunks: number): Promise<{ status: number; body: string }> =>
        new Promise((resolve, reject) => {
          const headers = { ...bearer(), 'content-type': 'text/csv', 'transfer-encoding': 'chunked' };
          const sent = httpRequest(`${url}/api/products/import`, { method: 'POST', headers }, (response) => {
            let body = '';
            response.on('data', (chunk) => (body += String(chunk)));
            response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
          });
          sent.on('error', reject);
          for (let i = 0; i < chunks; i += 1) sent.write('x'.repeat(1000));
          sent.end();
        });
      expect(await send(10)).toEqual({ status: 201, body: '{"bytes":10000}' });
      const answer = await send(30);
      expect(answer.status).toBe(413);
      expect(answer.body).toContain('body_too_large');
    });

    it('to no route are 404, with the wrong method 405', async () => {
      const unknown = await ask({ url: '/nothing' });
      expect([unknown.statusCode, code(unknown)]).toEqual([404, 'unknown_route']);
      const wrong = await ask({ method: 'DELETE', url: '/sales-channel/inventory/reserve', headers: bearer() });
      expect([wrong.statusCode, code(wrong), wrong.headers['allow']]).toEqual([405, 'method_not_allowed', 'GET, POST, PUT']);
      const long = await ask({ url: `/sales-channel/inventory/${'A'.repeat(1100)}`, headers: bearer() });
      expect([long.statusCode, code(long)]).toEqual([414, 'path_too_long']);
      const malformed = await ask({ url: '/v1/keys/%ff', headers: bearer() });
      expect([malformed.statusCode, code(malformed)]).toEqual([400, 'malformed_path']);
    });

    it('get problem+json where they ask for it', async () => {
      const answer = await view({ accept: 'application/problem+json' });
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toMatchObject({ type: 'urn:holdfast:problem:unauthenticated', status: 401, code: 'unauthenticated' });
    });

    it('stream events as they happen, until the reader leaves', async () => {
      const reader = new AbortController();
      const answer = await fetch(`${url}/api/inventory/stream`, { headers: bearer(), signal: reader.signal });
      expect(answer.headers.get('content-type')).toContain('text/event-stream');
      const first = await answer.body?.getReader().read();
      expect(new TextDecoder().decode(first?.value as Uint8Array)).toContain('"available":3');
      reader.abort();
    });
  });

  it('limits each caller, and says when to come again', async () => {
    await stop();
    await start({ HOLDFAST_RATE_PER_SECOND: '1' });
    const answers = [await view(bearer()), await view(bearer()), await view(bearer())];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
    expect(code(answers[2] ?? (await view({})))).toBe('rate_limited');
    expect(answers[2]?.headers['retry-after']).toBe('1');
    expect((await view(bearer(await token({ tenant: 'demo', sub: 'u1', roles: ['analyst'] })))).statusCode).toBe(200);
  });

  describe('keys', () => {
    it('are shown once, kept as a hash, and work at once', async () => {
      const created = await create({ name: 'Shop', roles: ['storefront'] });
      expect(created.statusCode).toBe(201);
      const { id, key } = created.json<{ id: string; key: string }>();
      expect(key).toMatch(/^hf_[\w-]{43}$/);
      expect((await view(bearer(key))).json()).toMatchObject({
        subject: id,
        permissions: expect.arrayContaining(['reservations.*']) as unknown,
      });

      const listed = await ask({ url: '/v1/keys', headers: bearer() });
      expect(listed.body).not.toContain(key);
      expect(listed.json()).toMatchObject({ keys: expect.arrayContaining([expect.objectContaining({ id, name: 'Shop' })]) as unknown });
      const stored = await around.database.pool.query('select * from gateway.api_keys where id = $1', [id]);
      expect(JSON.stringify(stored.rows)).not.toContain(key);
      expect(JSON.stringify(stored.rows)).toContain(createHash('sha256').update(key).digest('hex'));
    });

    it('end at once when revoked here', async () => {
      const { id, key } = (await create({ name: 'Shop', roles: ['storefront'] })).json<{ id: string; key: string }>();
      expect((await view(bearer(key))).statusCode).toBe(200);
      expect((await ask({ method: 'DELETE', url: `/v1/keys/${id}`, headers: bearer() })).statusCode).toBe(204);
      expect(code(await view(bearer(key)))).toBe('invalid_api_key');
      expect(code(await ask({ url: `/v1/keys/${id}`, headers: bearer() }))).toBe('unknown_key');
    });

    it('end by their date', async () => {
      const expiresAt = new Date(now + 60_000).toISOString();
      const { key } = (await create({ name: 'Short', permissions: ['inventory.read'], expiresAt })).json<{ key: string }>();
      now += 59_999;
      expect((await view(bearer(key))).statusCode).toBe(200);
      now += 1;
      expect(code(await view(bearer(key)))).toBe('api_key_expired');
    });

    it('end within seconds when revoked elsewhere', async () => {
      const { id, key } = (await create({ name: 'Shop', roles: ['storefront'] })).json<{ id: string; key: string }>();
      expect((await view(bearer(key))).statusCode).toBe(200);
      await around.database.pool.query('update gateway.api_keys set revoked_at = now() where id = $1', [id]);
      now += 5_000;
      expect(code(await view(bearer(key)))).toBe('invalid_api_key');
    });

    it('of another tenant do not exist', async () => {
      const { id } = (await create({ name: 'Shop', roles: ['storefront'] })).json<{ id: string }>();
      const other = bearer(await token({ tenant: 'acme', roles: ['admin'] }));
      expect(code(await ask({ url: `/v1/keys/${id}`, headers: other }))).toBe('unknown_key');
      expect(code(await ask({ method: 'DELETE', url: `/v1/keys/${id}`, headers: other }))).toBe('unknown_key');
      expect((await ask({ url: '/v1/keys', headers: other })).json()).toMatchObject({ keys: [], pagination: { total: 0 } });
    });

    it('grant no more than their maker holds', async () => {
      const maker = bearer(await token({ tenant: 'acme', permissions: ['keys.write', 'inventory.read'] }));
      const refused = await create({ name: 'More', roles: ['admin'] }, maker);
      expect([refused.statusCode, code(refused)]).toEqual([403, 'permission_not_held']);
      expect((await create({ name: 'Less', permissions: ['inventory.read'] }, maker)).statusCode).toBe(201);
    });

    it.each([
      ['nothing granted', { name: 'x' }, 'roles'],
      ['an unknown role', { name: 'x', roles: ['root'] }, 'roles'],
      ['a permission of no area', { name: 'x', permissions: ['stock.read'] }, 'permissions'],
      ['an end in the past', { name: 'x', roles: ['admin'], expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
      ['no name', { roles: ['admin'] }, 'name'],
    ])('are not made with %s', async (_, payload, field) => {
      const answer = await create(payload);
      expect([answer.statusCode, code(answer)]).toEqual([400, 'validation_failed']);
      expect(answer.json()['details']).toEqual([expect.objectContaining({ field })]);
    });

    it('are at most a thousand a tenant', async () => {
      await around.database.pool.query(
        `insert into gateway.api_keys (id, tenant, name, hash, roles, permissions, created_at, created_by)
         select 'many_' || n, 'many', 'x', 'many_' || n, '{}', '{}', now(), 'x' from generate_series(1, 1000) as n on conflict do nothing`,
      );
      const answer = await create({ name: 'One more', roles: ['admin'] }, bearer(await token({ tenant: 'many', roles: ['admin'] })));
      expect([answer.statusCode, code(answer)]).toEqual([409, 'too_many_keys']);
    });

    it('of the environment replace the one before', async () => {
      await ensureAdminKey(gateway, loadConfig({ HOLDFAST_API_KEY: 'hf_second_admin_key_of_the_test' }));
      expect(code(await view(bearer()))).toBe('invalid_api_key');
      expect((await view(bearer('hf_second_admin_key_of_the_test'))).statusCode).toBe(200);
      await ensureAdminKey(gateway, around.config);
    });

    it('are made at the first start and found again at the next', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'holdfast-key-'));
      const config = loadConfig({ HOLDFAST_DATA: join(folder, 'data') });
      const key = await ensureAdminKey(gateway, config);
      expect(await ensureAdminKey(gateway, config)).toBe(key);
      expect((await readFile(join(folder, 'data', 'admin-key'), 'utf8')).trim()).toBe(key);
      expect((await stat(join(folder, 'data', 'admin-key'))).mode & 0o777).toBe(0o600);
      expect((await view(bearer(key))).json()).toMatchObject({ tenant: 'demo' });
      await rm(folder, { recursive: true });
    });
  });

  describe('what everybody sees', () => {
    it('is one OpenAPI 3.1 document of all services and the gateway', async () => {
      const document = (await ask({ url: '/openapi.json' })).json<{ paths: Record<string, Record<string, unknown>> }>();
      expect(openApiFaults(document)).toEqual([]);
      expect(document.paths['/sales-channel/inventory/reserve']?.['post']).toMatchObject({ security: [{ bearer: [] }, { apiKey: [] }] });
      expect(document.paths['/v1/keys']).toHaveProperty('post');
    });

    it('is a page at / that says what runs and where to go on, and the same as JSON for programs', async () => {
      const page = await ask({ url: '/', headers: { accept: 'text/html,*/*;q=0.8' } });
      expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      for (const text of ['/docs', '/openapi.json', 'POST /v1/keys', 'README.md', 'channel-connector', 'Postgres'])
        expect(page.body).toContain(text);
      expect(page.body).not.toMatch(/(src|href)="(?!\/)|https?:|127\.0\.0\.1|hf_/);
      const answer = await ask({ url: '/', headers: { accept: 'application/json' } });
      expect(answer.json()).toMatchObject({
        name: 'Holdfast',
        docs: '/docs',
        services: expect.arrayContaining([
          { name: 'reservation', runs: kind === 'http' ? 'in its own process' : 'in this process' },
        ]) as object,
        engines: expect.arrayContaining([{ what: 'message bus', name: 'Postgres, embedded' }]) as object,
      });
      expect(answer.body).not.toContain('127.0.0.1');
    });

    it('is a page to try it that needs no other server', async () => {
      const page = await ask({ url: '/docs' });
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.headers['content-security-policy']).toContain("default-src 'self'");
      const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
      expect(files.every((file) => file.startsWith('/docs/'))).toBe(true);
      for (const file of files) expect([file, (await ask({ url: file })).statusCode]).toEqual([file, 200]);
      expect((await ask({ url: '/docs/package.json' })).statusCode).toBe(404);
      expect((await ask({ url: '/docs/..%2fpackage.json' })).statusCode).toBe(404);
    });

    it('is health and metrics', async () => {
      expect((await ask({ url: '/health/live' })).statusCode).toBe(200);
      expect((await ask({ url: '/health/ready' })).statusCode).toBe(200);
      await view(bearer());
      await view({});
      const { body } = await ask({ url: '/metrics' });
      expect(body).toContain('holdfast_gateway_refused_total{code="unauthenticated"} 1');
      expect(body).toContain('route="/sales-channel/inventory/:sku",status="200"');
    });
  });

  it('goes on with keys it knows while Postgres is away, and asks the others to try again', async () => {
    await view(bearer());
    const [held] = await Promise.all([around.database.pool.query('select pid from pg_stat_activity where datname = current_database()')]);
    expect(held.rows.length).toBeGreaterThan(0);
    await postgres.stop();
    try {
      now += 6_000;
      expect((await view(bearer())).statusCode).toBe(200);
      const answer = await view(bearer('hf_not_known_yet'));
      expect([answer.statusCode, code(answer), answer.headers['retry-after']]).toEqual([503, 'database_unavailable', '1']);
      now += 60_000;
      expect((await view(bearer())).statusCode).toBe(503);
    } finally {
      postgres = await startOwnTestPostgres();
    }
  });
});

describe('the gateway before a service that is away', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startOwnTestPostgres();
  });
  afterAll(() => postgres.stop());

  it('says so, in answers and in health, and goes on when it is back', async () => {
    const around = surroundings(postgres, { now: () => Date.now() }, environment);
    const aroundService = surroundings(postgres, around.clock, environment);
    const first = await echoService(aroundService);
    await first.listen(0, '127.0.0.1');
    const target = await first.getUrl();
    const gateway = await createGateway({ runtime: around, targets: everywhere({ kind: 'http', urls: [target] }) });
    const key = await ensureAdminKey(gateway, around.config);
    const ask = await listening(gateway.app);
    const view = () => ask({ url: '/sales-channel/inventory/A', headers: { authorization: `Bearer ${key}` } });
    expect((await view()).statusCode).toBe(200);

    await first.close();
    const away = await view();
    expect([away.statusCode, away.json()['code'], away.headers['retry-after']]).toEqual([503, 'upstream_unavailable', '1']);
    const health = await ask({ url: '/health/ready' });
    expect(health.statusCode).toBe(503);
    expect(health.json()).toMatchObject({ checks: { reservation: { status: 'failed' } } });
    expect((await ask({ url: '/openapi.json' })).json<{ paths: object }>().paths).toHaveProperty('/v1/keys');

    const second = await echoService(aroundService);
    await second.listen(Number(new URL(target).port), '127.0.0.1');
    expect((await view()).statusCode).toBe(200);
    await gateway.stop();
    await second.close();
    await around.close();
  });
});
