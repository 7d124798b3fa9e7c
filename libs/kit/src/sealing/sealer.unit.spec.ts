import { CannotUnseal, Sealer } from './sealer.js';

const sealer = new Sealer('a secret of at least thirty-two characters');

describe('sealing a value', () => {
  it('gives it back, and shows nothing of it', () => {
    const sealed = sealer.seal('shpat_123', 'demo/shop');
    expect(sealer.unseal(sealed, 'demo/shop')).toBe('shpat_123');
    expect(sealed).not.toContain('shpat');
    expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain('shpat');
  });

  it('makes another text each time', () => expect(sealer.seal('x', 'a')).not.toBe(sealer.seal('x', 'a')));

  it.each([
    ['another place', (sealed: string) => sealer.unseal(sealed, 'demo/other')],
    ['another key', (sealed: string) => new Sealer('another secret of thirty-two characters').unseal(sealed, 'demo/shop')],
    [
      'one bit',
      (sealed: string) => sealer.unseal(`${sealed.slice(0, -2)}${sealed.at(-2) === 'A' ? 'B' : 'A'}${sealed.slice(-1)}`, 'demo/shop'),
    ],
    ['a shorter text', (sealed: string) => sealer.unseal(sealed.slice(0, 20), 'demo/shop')],
    ['what was never sealed', () => sealer.unseal('{"secret":"x"}', 'demo/shop')],
  ])('refuses %s', (_what, unseal) => expect(() => unseal(sealer.seal('shpat_123', 'demo/shop'))).toThrow(CannotUnseal));
});
