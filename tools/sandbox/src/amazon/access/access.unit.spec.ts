import { amazonRig, login, type AmazonRig } from '../../../test/amazon-rig.js';

let rig: AmazonRig;
afterEach(() => rig.amazon.close());

const item = '/listings/2021-08-01/items/A2HOLDFASTSHOP/A?marketplaceIds=A1PA6795UKMFR9';
const codes = (body: Readonly<Record<string, unknown>>): readonly string[] =>
  (body['errors'] as readonly { code: string }[]).map(({ code }) => code);

describe('an access token', () => {
  it('is given for the refresh token and lives for an hour', async () => {
    rig = await amazonRig();
    rig.amazon.addListings([{ sku: 'A' }]);
    expect((await rig.call('GET', item)).status).toBe(200);
    rig.clock.forward(3_600_000);
    const refused = await rig.call('GET', item);
    expect([refused.status, codes(refused.body)]).toEqual([403, ['Unauthorized']]);
  });

  it('is refused with the words of OAuth for a wrong secret and a wrong refresh token', async () => {
    rig = await amazonRig();
    expect(await login(rig.amazon, { client_secret: 'x' })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await login(rig.amazon, { refresh_token: 'x' })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await login(rig.amazon, { grant_type: 'password' })).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
  });

  it('is missed where the header is missing, and ends when the merchant removes the app', async () => {
    rig = await amazonRig();
    rig.amazon.addListings([{ sku: 'A' }]);
    expect((await fetch(`${rig.amazon.url}${item}`)).status).toBe(403);
    rig.amazon.faults.credentialsRevoked = true;
    expect((await rig.call('GET', item)).status).toBe(403);
    expect(await login(rig.amazon)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('the rate of an operation', () => {
  it('lets five calls through at once, refuses the sixth and fills by five a second', async () => {
    rig = await amazonRig();
    rig.amazon.addListings([{ sku: 'A' }]);
    for (let call = 0; call < 5; call += 1) {
      const answer = await rig.call('GET', item);
      expect([answer.status, answer.headers.get('x-amzn-ratelimit-limit')]).toEqual([200, '5.0']);
    }
    const refused = await rig.call('GET', item);
    expect([refused.status, codes(refused.body), refused.headers.get('x-amzn-requestid')]).toEqual([
      429,
      ['QuotaExceeded'],
      expect.any(String),
    ]);
    rig.clock.forward(200);
    expect((await rig.call('GET', item)).status).toBe(200);
    expect((await rig.call('GET', item)).status).toBe(429);
    expect(rig.amazon.log.throttled).toBe(2);
  });

  it('is one of its own for each operation', async () => {
    rig = await amazonRig();
    rig.amazon.addListings([{ sku: 'A' }]);
    for (let call = 0; call < 6; call += 1) await rig.call('GET', item);
    expect((await rig.patch('A', { fulfillment_channel_code: 'DEFAULT', quantity: 1 })).status).toBe(200);
  });

  it('is out of reach with limits none', async () => {
    rig = await amazonRig({ limits: 'none' });
    rig.amazon.addListings([{ sku: 'A' }]);
    for (let call = 0; call < 20; call += 1) expect((await rig.call('GET', item)).status).toBe(200);
  });
});

describe('a planned fault', () => {
  it('is put in the words of Amazon', async () => {
    rig = await amazonRig();
    rig.amazon.addListings([{ sku: 'A' }]);
    rig.amazon.faults.next({ kind: 'throttle' });
    rig.amazon.faults.next({ kind: 'server_error', status: 503 });
    const throttled = await rig.call('GET', item);
    expect([throttled.status, codes(throttled.body)]).toEqual([429, ['QuotaExceeded']]);
    const failed = await rig.call('GET', item);
    expect([failed.status, codes(failed.body)]).toEqual([503, ['InternalFailure']]);
    rig.amazon.faults.next({ kind: 'expire_tokens' });
    expect((await rig.call('GET', item)).status).toBe(403);
    expect(rig.amazon.log.violations).toEqual([]);
  });
});
