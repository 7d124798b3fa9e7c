import type { ServiceTarget } from '@holdfast/forwarding';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { perService } from '@holdfast/platform';
import { listening, startTestPostgres, type Answer, type Client, type TestPostgres } from '@holdfast/testing';
import { SignJWT } from 'jose';
import { echoService } from '../../test/echo-service.js';
import { surroundings, type Surroundings } from '../../test/surroundings.js';
import { createGateway, type Gateway } from '../gateway.js';
import { ensureAdminKey } from '../keys/admin-key.js';

const adminKey = 'hf_admin_key_of_the_sessions';
const operatorKey = 'operator-key-of-the-sessions-that-is-long';
const jwtSecret = 'another-secret-that-is-long-enough-too';
const HOUR_MS = 3_600_000;
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

/** Reads how an answer begins, and goes on until it ends. */
async function begun(answer: Response): Promise<{ readonly end: Promise<string> }> {
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  expect(new TextDecoder().decode(first?.value as Uint8Array)).toContain('available');
  const rest = async (): Promise<string> => {
    try {
      while ((await reader?.read())?.done === false);
      return 'ended';
    } catch {
      return 'cut';
    }
  };
  return { end: rest() };
}

describe('sessions of the console', () => {
  let postgres: TestPostgres;
  let around: Surroundings;
  let service: NestFastifyApplication;
  let gateway: Gateway;
  let ask: Client;
  let now = Date.now();
  const cookiesOfServices: (string | undefined)[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    around = surroundings(
      postgres,
      { now: () => now },
      { HOLDFAST_API_KEY: adminKey, HOLDFAST_JWT_SECRET: jwtSecret, HOLDFAST_OPERATOR_KEY: operatorKey },
    );
    service = await echoService(around);
    const target: ServiceTarget = {
      kind: 'in-process',
      handle(request, response) {
        cookiesOfServices.push(request.headers.cookie);
        service.getHttpAdapter().getInstance().routing(request, response);
      },
    };
    gateway = await createGateway({ runtime: around, targets: perService(() => target), recheckMs: 100 });
    await ensureAdminKey(gateway, around.config);
    ask = await listening(gateway.app);
  });
  afterAll(async () => {
    await gateway.stop();
    await service.close();
    await around.close();
    await postgres.stop();
  });

  const codeOf = (answer: Answer): unknown => [answer.statusCode, answer.json()['code']];
  const signIn = (payload: object, headers: Record<string, string> = {}) =>
    ask({ method: 'POST', url: '/v1/session', payload, headers: { ...OWN_PAGE, ...headers } });
  const cookieOf = (answer: Answer): string => answer.headers['set-cookie']?.split(';', 1)[0] ?? '';
  const signedIn = async (credential = adminKey): Promise<string> => cookieOf(await signIn({ credential }));
  const session = (cookie: string, headers: Record<string, string> = {}) => ask({ url: '/v1/session', headers: { cookie, ...headers } });
  const view = (cookie: string) => ask({ url: '/sales-channel/inventory/A', headers: { cookie } });
  const reserve = (cookie: string, headers: Record<string, string>) =>
    ask({ method: 'POST', url: '/sales-channel/inventory/reserve', payload: { sku: 'A', quantity: 1 }, headers: { cookie, ...headers } });
  const newKey = async (wish: object): Promise<{ id: string; key: string }> => {
    const headers = { authorization: `Bearer ${adminKey}` };
    return (await ask({ method: 'POST', url: '/v1/keys', payload: { name: 'Of a test', ...wish }, headers })).json();
  };
  const revoke = (id: string) => ask({ method: 'DELETE', url: `/v1/keys/${id}`, headers: { authorization: `Bearer ${adminKey}` } });
  const token = (claims: object, seconds: number): Promise<string> =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(now / 1000) + seconds)
      .sign(new TextEncoder().encode(jwtSecret));

  describe('opened', () => {
    it('by a key say who it is, in a cookie that no script and no other site can use', async () => {
      const answer = await signIn({ credential: adminKey });
      expect(answer.statusCode).toBe(201);
      expect(answer.json()).toMatchObject({ tenant: 'demo', subject: 'key_environment', permissions: ['*'] });
      expect(answer.headers['set-cookie']).toMatch(/^holdfast-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=86400$/);
      expect(answer.headers['cache-control']).toBe('no-store');
    });

    it('over TLS carry the prefix that binds the cookie to this host', async () => {
      const answer = await signIn({ credential: adminKey }, { 'x-forwarded-proto': 'https', host: 'stock.example.com' });
      expect(answer.headers['set-cookie']).toMatch(/^__Host-holdfast=[\w-]{43}; .*; Secure$/);
      expect((await session(cookieOf(answer), { 'x-forwarded-proto': 'https' })).statusCode).toBe(200);
      // A cookie of the plain name may have been set by another host of the domain.
      const planted = cookieOf(answer).replace('__Host-holdfast', 'holdfast-session');
      expect(codeOf(await session(planted, { 'x-forwarded-proto': 'https' }))).toEqual([401, 'unauthenticated']);
    });

    it('by a token have its tenant and rights, and end with it', async () => {
      const cookie = await signedIn(await token({ tenant: 'acme', sub: 'u1', permissions: ['inventory.read'] }, 600));
      expect((await view(cookie)).json()).toMatchObject({ tenant: 'acme', subject: 'u1', permissions: ['inventory.read'] });
      now += 610_000;
      expect(codeOf(await view(cookie))).toEqual([401, 'session_ended']);
    });

    it('by the operator’s key have what concerns the installation, and nothing of a tenant', async () => {
      const cookie = await signedIn(operatorKey);
      expect((await session(cookie)).json()).toMatchObject({ tenant: 'operator', subject: 'operator', permissions: ['installation.*'] });
      expect((await ask({ url: '/v1/keys', headers: { cookie } })).statusCode).toBe(403);
      expect((await ask({ url: '/v1/operations/rebuild', headers: { cookie } })).statusCode).not.toBe(401);
    });

    it('by the code of a link, once', async () => {
      const code = gateway.signInCode(adminKey);
      const cookie = cookieOf(await signIn({ code }));
      expect((await session(cookie)).json()).toMatchObject({ tenant: 'demo', subject: 'key_environment' });
      expect(codeOf(await signIn({ code }))).toEqual([401, 'invalid_sign_in_code']);
    });

    it('not by a code that is older than two minutes', async () => {
      const code = gateway.signInCode(adminKey);
      now += 120_001;
      expect(codeOf(await signIn({ code }))).toEqual([401, 'invalid_sign_in_code']);
    });

    it.each([
      ['an unknown key', async () => ({ credential: 'hf_unknown' }), 401, 'invalid_api_key'],
      ['an expired token', async () => ({ credential: await token({ tenant: 'acme' }, -60) }), 401, 'token_expired'],
      ['a token of nobody', async () => ({ credential: 'eyJhbGciOiJIUzI1NiJ9.e30.AAAA' }), 401, 'invalid_token'],
      ['neither key nor code', async () => ({}), 400, 'validation_failed'],
      ['both', async () => ({ credential: adminKey, code: 'x' }), 400, 'validation_failed'],
    ])('not by %s', async (_, wish, status, code) => {
      const answer = await signIn(await wish());
      expect(codeOf(answer)).toEqual([status, code]);
      expect(answer.headers).not.toHaveProperty('set-cookie');
    });

    it('not over plain HTTP to another name than this machine’s', async () => {
      expect(codeOf(await signIn({ credential: adminKey }, { host: 'stock.example.com' }))).toEqual([403, 'sign_in_needs_https']);
    });

    it('not by another page, which would sign its visitor in as somebody else', async () => {
      expect(codeOf(await signIn({ credential: adminKey }, { 'sec-fetch-site': 'cross-site' }))).toEqual([403, 'cross_site_request']);
      const form = await ask({
        method: 'POST',
        url: '/v1/session',
        payload: `credential=${adminKey}`,
        headers: { ...OWN_PAGE, 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(codeOf(form)).toEqual([415, 'unsupported_media_type']);
    });
  });

  describe('used', () => {
    it('reach services without their cookie', async () => {
      cookiesOfServices.length = 0;
      expect((await view(await signedIn())).json()).toMatchObject({ tenant: 'demo', permissions: ['*'] });
      expect(cookiesOfServices).toEqual([undefined]);
    });

    it('count for nothing beside a key or token', async () => {
      const { key } = await newKey({ permissions: ['inventory.read'] });
      const both = await ask({ url: '/v1/session', headers: { cookie: await signedIn(), authorization: `Bearer ${key}` } });
      expect(both.json()).toMatchObject({ permissions: ['inventory.read'], endsAt: null });
      const wrong = await ask({ url: '/v1/session', headers: { cookie: await signedIn(), authorization: 'Bearer hf_unknown' } });
      expect(codeOf(wrong)).toEqual([401, 'invalid_api_key']);
    });

    it('allow no more than their key', async () => {
      const cookie = await signedIn((await newKey({ permissions: ['inventory.read'] })).key);
      expect((await view(cookie)).statusCode).toBe(200);
      expect(codeOf(await reserve(cookie, OWN_PAGE))).toEqual([403, 'missing_permission']);
    });

    it('see nothing of another tenant', async () => {
      const cookie = await signedIn(await token({ tenant: 'acme', sub: 'u1', permissions: ['*'] }, 600));
      const { id } = await newKey({ roles: ['analyst'] });
      expect(codeOf(await ask({ url: `/v1/keys/${id}`, headers: { cookie } }))).toEqual([404, 'unknown_key']);
      expect(codeOf(await ask({ url: '/v1/session', headers: { cookie, orgid: 'demo' } }))).toEqual([403, 'org_mismatch']);
    });

    it.each([
      ['the page says nothing of itself', {}, 403, 'cross_site_request'],
      ['another site', { 'sec-fetch-site': 'cross-site' }, 403, 'cross_site_request'],
      ['another host of the domain', { 'sec-fetch-site': 'same-site' }, 403, 'cross_site_request'],
      ['another origin', { origin: 'https://evil.example' }, 403, 'cross_site_request'],
      ['no origin', { origin: 'null' }, 403, 'cross_site_request'],
      ['a form', { ...OWN_PAGE, 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ])('change nothing where the request comes from %s', async (_, headers, status, code) => {
      expect(codeOf(await reserve(await signedIn(), { ...(headers as Record<string, string>) }))).toEqual([status, code]);
    });

    it('change what a page of Holdfast asks for', async () => {
      const cookie = await signedIn();
      expect((await reserve(cookie, OWN_PAGE)).statusCode).toBe(201);
      const { host } = new URL(await gateway.app.getUrl());
      expect((await reserve(cookie, { host, origin: `http://${host}` })).statusCode).toBe(201);
    });
  });

  describe('end', () => {
    it('when signed out, and the browser forgets them', async () => {
      const cookie = await signedIn();
      const answer = await ask({ method: 'DELETE', url: '/v1/session', headers: { cookie, ...OWN_PAGE } });
      expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([204, expect.stringContaining('holdfast-session=; ')]);
      expect(answer.headers['set-cookie']).toContain('Max-Age=0');
      expect(codeOf(await session(cookie))).toEqual([401, 'session_ended']);
    });

    it('after eight hours without a request, not before', async () => {
      const cookie = await signedIn();
      now += 8 * HOUR_MS - 1;
      expect((await session(cookie)).statusCode).toBe(200);
      now += 8 * HOUR_MS - 1;
      expect((await session(cookie)).statusCode).toBe(200);
      now += 8 * HOUR_MS;
      expect(codeOf(await session(cookie))).toEqual([401, 'session_ended']);
    });

    it('after a day however busy they are', async () => {
      const cookie = await signedIn();
      for (let hour = 1; hour < 24; hour += 1) {
        now += HOUR_MS;
        expect((await session(cookie)).statusCode).toBe(200);
      }
      now += HOUR_MS;
      expect(codeOf(await session(cookie))).toEqual([401, 'session_ended']);
    });

    it('with their key', async () => {
      const { id, key } = await newKey({ roles: ['analyst'] });
      const cookie = await signedIn(key);
      expect((await view(cookie)).statusCode).toBe(200);
      await revoke(id);
      expect(codeOf(await view(cookie))).toEqual([401, 'session_ended']);
    });

    it('and with them what they follow, as streams end with their key and their token', async () => {
      const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
      const url = `${await gateway.app.getUrl()}/api/inventory/stream`;
      const follow = async (headers: Record<string, string>) => begun(await fetch(url, { headers }));
      const [ofKey, ofSession] = [await newKey({ roles: ['analyst'] }), await newKey({ roles: ['analyst'] })];
      const [signedOut, withKey, goesOn] = [await signedIn(), await signedIn(ofSession.key), await signedIn()];
      const ending = await Promise.all([
        follow(bearer(ofKey.key)),
        follow({ cookie: signedOut }),
        follow({ cookie: withKey }),
        follow(bearer(await token({ tenant: 'demo', sub: 'anna', roles: ['analyst'] }, 60))),
      ]);
      let others = 0;
      for (const headers of [bearer(adminKey), { cookie: goesOn }]) void (await follow(headers)).end.then(() => (others += 1));
      await revoke(ofKey.id);
      await revoke(ofSession.id);
      await ask({ method: 'DELETE', url: '/v1/session', headers: { cookie: signedOut, ...OWN_PAGE } });
      now += HOUR_MS;
      expect(await Promise.all(ending.map(({ end }) => end))).toEqual(['cut', 'cut', 'cut', 'cut']);
      expect(others).toBe(0);
    });

    it('the oldest first where one subject opens more than fifty', async () => {
      const { key } = await newKey({ roles: ['analyst'] });
      const first = await signedIn(key);
      now += 1;
      for (let i = 0; i < 49; i += 1) await signedIn(key);
      expect((await session(first)).statusCode).toBe(200);
      await signedIn(key);
      expect(codeOf(await session(first))).toEqual([401, 'session_ended']);
    });

    it('leave nothing behind that opens one: the table holds hashes, and none that are over', async () => {
      const id = (await signedIn()).split('=', 2)[1] ?? '';
      const stored = await postgres.pool().query('select * from gateway.sessions');
      expect(JSON.stringify(stored.rows)).not.toContain(id);
      expect(stored.rows.filter((row: { ends_at: Date }) => row.ends_at.getTime() < now)).toEqual([]);
    });
  });
});
