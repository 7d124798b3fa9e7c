import { personOf, type Caller } from './caller.js';
import { readSignedCaller, signCaller } from './signed-caller.js';

const secret = 'correct-horse-battery-staple-forever';
const noon = Date.UTC(2026, 2, 1, 12);
const clerk: Caller = { tenant: 'acme', subject: 'clerk', permissions: ['inventory.read'] };

describe('a signed caller', () => {
  it('is read as it was written', () => {
    expect(readSignedCaller(signCaller(clerk, secret, noon), secret, noon)).toEqual(clerk);
  });

  it('names the person behind a key', () => {
    const key: Caller = { tenant: 'acme', subject: 'key_17', permissions: ['*'], person: 'clerk' };
    expect(readSignedCaller(signCaller(key, secret, noon), secret, noon)).toEqual(key);
    expect([personOf(key), personOf(clerk)]).toEqual(['clerk', 'clerk']);
  });

  it('is worth nothing after two minutes', () => {
    const header = signCaller(clerk, secret, noon);
    expect(readSignedCaller(header, secret, noon + 120_000)).toEqual(clerk);
    expect(readSignedCaller(header, secret, noon + 120_001)).toBeUndefined();
  });

  it('is worth nothing with another tenant written into it', () => {
    const [version, payload = '', signature] = signCaller(clerk, secret, noon).split('.');
    const changed = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('acme', 'evil')).toString('base64url');
    expect(readSignedCaller(`${version}.${changed}.${signature}`, secret, noon)).toBeUndefined();
  });

  it.each(['', 'v1', 'v1..', 'v2.e30.AA', 'v1.e30.AA', 'a.b.c.d'])('reads nothing from %j', (header) => {
    expect(readSignedCaller(header, secret, noon)).toBeUndefined();
  });
});
