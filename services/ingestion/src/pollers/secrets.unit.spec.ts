import { withoutSecrets } from './secrets.js';

describe('what an ERP says', () => {
  it('is shown without secrets, however they were written', () => {
    const secret = 'p&ss wörd+1';
    const said = `no route /token?password=${encodeURIComponent(secret)} nor ?password=p%26ss+w%C3%B6rd%2B1 of "${secret}"`;
    expect(withoutSecrets(said, [secret, ''])).toBe('no route /token?password=••• nor ?password=••• of "•••"');
  });
});
