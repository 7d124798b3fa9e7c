import { guardedLookup, PrivateTarget, resolvedTargetFault, targetFault } from './target.js';

const strict = { allowPrivateAddresses: false };
const open = { allowPrivateAddresses: true };

describe('webhook targets', () => {
  it.each(['https://shop.example/hooks', 'http://shop.example:8080/', 'https://8.8.8.8/hook'])('takes %s', (url) => {
    expect(targetFault(url, strict)).toBeUndefined();
  });

  it.each(['ftp://shop.example/', 'file:///etc/passwd', 'gopher://shop.example', 'javascript:alert(1)'])(
    'refuses the scheme of %s',
    (url) => {
      expect(targetFault(url, open)).toBe('must begin with http:// or https://');
    },
  );

  it('refuses what is no URL, and credentials inside one', () => {
    expect(targetFault('shop', open)).toBe('is not a valid URL');
    expect(targetFault('https://me:secret@shop.example/', open)).toBe('must not contain a user name or a password');
  });

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]:3000/',
    'http://[::ffff:10.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/',
    'http://shop.localhost./',
  ])('keeps away from %s where private addresses are not allowed', (url) => {
    expect(targetFault(url, strict)).toBe('must not point to a private address');
    expect(targetFault(url, open)).toBeUndefined();
  });

  it('looks behind a name when it is resolved', async () => {
    const error = await new Promise((answer) => guardedLookup('localhost', { all: true }, answer));
    expect(error).toBeInstanceOf(PrivateTarget);
  });

  it('does not hold an unknown name against the caller', async () => {
    expect(await resolvedTargetFault('https://nobody.invalid/', strict)).toBeUndefined();
  });
});
