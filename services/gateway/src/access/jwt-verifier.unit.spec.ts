import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '@holdfast/platform';
import type { CryptoKey, JWTPayload } from 'jose';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { JwtVerifier } from './jwt-verifier.js';

const text = 'correct-horse-battery-staple-forever';
const noon = Date.UTC(2026, 2, 1, 12);
const seconds = (ms: number): number => Math.floor(ms / 1000);

const signed = (claims: JWTPayload, options: { secret?: string; alg?: string; expiresAt?: number | null } = {}): Promise<string> => {
  const token = new SignJWT(claims).setProtectedHeader({ alg: options.alg ?? 'HS256' });
  if (options.expiresAt !== null) token.setExpirationTime(seconds(options.expiresAt ?? noon + 60_000));
  return token.sign(new TextEncoder().encode(options.secret ?? text));
};

const refused = (code: string, status = 401): object => expect.objectContaining({ status, code }) as object;

describe('tokens signed with the shared secret', () => {
  const verifier = new JwtVerifier({ secret: new Secret(text) }, () => noon);

  it('name tenant, subject and what they grant', async () => {
    const token = await signed({ tenant: 'acme', sub: 'u1', roles: ['channel'], permissions: ['erp.read'], scope: 'openid keys.read' });
    expect(await verifier.verify(token)).toEqual({
      caller: {
        tenant: 'acme',
        subject: 'u1',
        permissions: ['channels.*', 'inventory.read', 'products.read', 'locations.read', 'erp.read', 'openid', 'keys.read'],
      },
      expiresAt: noon + 65_000,
    });
  });

  it('may name the tenant as org', async () => {
    expect((await verifier.verify(await signed({ org: 'acme' }))).caller.tenant).toBe('acme');
  });

  it('are refused once expired', async () => {
    await expect(verifier.verify(await signed({ tenant: 'acme' }, { expiresAt: noon - 6_000 }))).rejects.toEqual(refused('token_expired'));
  });

  it.each([
    ['signed with another secret', () => signed({ tenant: 'acme' }, { secret: 'another-secret-of-more-than-32-letters' })],
    ['without an end', () => signed({ tenant: 'acme' }, { expiresAt: null })],
    ['without a tenant', () => signed({ sub: 'u1' })],
    ['with a tenant of another type', () => signed({ tenant: ['acme'] })],
    ['with a dot in the tenant', () => signed({ tenant: 'a.b' })],
    ['of another algorithm of the same secret', () => signed({ tenant: 'acme' }, { alg: 'HS512' })],
    [
      'not signed at all',
      async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await signed({ tenant: 'acme' })).split('.')[1]}.`,
    ],
    [
      'with another tenant written into it',
      async () => {
        const [header, , signature] = (await signed({ tenant: 'acme' })).split('.');
        return `${header}.${Buffer.from(JSON.stringify({ tenant: 'evil', exp: seconds(noon) + 60 })).toString('base64url')}.${signature}`;
      },
    ],
    ['that are nonsense', () => Promise.resolve('eyJub25zZW5zZQ.eyJ4.c2ln')],
  ])('are refused %s', async (_, make) => {
    await expect(verifier.verify(await make())).rejects.toEqual(refused('invalid_token'));
  });

  it('must be of the issuer and for the audience where those are set', async () => {
    const strict = new JwtVerifier({ secret: new Secret(text), issuer: 'https://login.acme.test', audience: 'holdfast' }, () => noon);
    await expect(strict.verify(await signed({ tenant: 'acme', aud: 'holdfast' }))).rejects.toEqual(refused('invalid_token'));
    await expect(strict.verify(await signed({ tenant: 'acme', iss: 'https://login.acme.test', aud: 'other' }))).rejects.toEqual(
      refused('invalid_token'),
    );
    expect((await strict.verify(await signed({ tenant: 'acme', iss: 'https://login.acme.test', aud: 'holdfast' }))).caller.tenant).toBe(
      'acme',
    );
  });

  it('are refused where no secret is configured', async () => {
    await expect(new JwtVerifier({}, () => noon).verify(await signed({ tenant: 'acme' }))).rejects.toEqual(refused('invalid_token'));
  });
});

describe('tokens signed with a key of the JWKS', () => {
  let server: Server;
  let url: string;
  let privateKey: CryptoKey;
  let published: object;
  let working = true;

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    privateKey = pair.privateKey;
    published = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] };
    server = createServer((_, response) => {
      response.statusCode = working ? 200 : 500;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(published));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    working = true;
  });

  const signedBy = (key: CryptoKey, kid = 'k1'): Promise<string> =>
    new SignJWT({ tenant: 'acme', sub: 'u1' })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setExpirationTime(seconds(noon) + 60)
      .sign(key);

  it('are accepted', async () => {
    const verifier = new JwtVerifier({ jwksUrl: url }, () => noon);
    expect((await verifier.verify(await signedBy(privateKey))).caller).toEqual({ tenant: 'acme', subject: 'u1', permissions: [] });
  });

  it('are refused when the key is another', async () => {
    const verifier = new JwtVerifier({ jwksUrl: url }, () => noon);
    const { privateKey: other } = await generateKeyPair('ES256');
    await expect(verifier.verify(await signedBy(other))).rejects.toEqual(refused('invalid_token'));
    await expect(verifier.verify(await signedBy(privateKey, 'k2'))).rejects.toEqual(refused('invalid_token'));
  });

  it('cannot use the public key as an HS256 secret', async () => {
    const verifier = new JwtVerifier({ jwksUrl: url }, () => noon);
    await expect(verifier.verify(await signed({ tenant: 'acme' }, { secret: JSON.stringify(published) }))).rejects.toEqual(
      refused('invalid_token'),
    );
  });

  it('ask to try again while the keys cannot be read', async () => {
    working = false;
    const verifier = new JwtVerifier({ jwksUrl: url }, () => noon);
    await expect(verifier.verify(await signedBy(privateKey))).rejects.toEqual(refused('identity_provider_unavailable', 503));
    const away = new JwtVerifier({ jwksUrl: 'http://127.0.0.1:9/jwks.json' }, () => noon);
    await expect(away.verify(await signedBy(privateKey))).rejects.toEqual(refused('identity_provider_unavailable', 503));
    working = true;
    expect((await verifier.verify(await signedBy(privateKey))).caller.tenant).toBe('acme');
  });
});
