import { isSigningSecret, newSecret } from './signing-secret.js';

const encoded = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

describe('signing secrets', () => {
  it('makes a new one each time, fit to sign', () => {
    const secrets = Array.from({ length: 100 }, newSecret);
    expect(new Set(secrets).size).toBe(100);
    expect(secrets.every(isSigningSecret)).toBe(true);
  });

  it('takes 24 to 64 bytes and nothing else', () => {
    expect([23, 24, 64, 65].map((bytes) => isSigningSecret(encoded(bytes)))).toEqual([false, true, true, false]);
  });

  it.each(['', 'secret', 'whsec_', 'whsec_***', 'whsec_abc', encoded(32).slice('whsec_'.length), `${encoded(32)} `])(
    'refuses %j',
    (text) => {
      expect(isSigningSecret(text)).toBe(false);
    },
  );
});
