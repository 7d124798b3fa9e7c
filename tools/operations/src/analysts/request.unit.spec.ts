import { analystsRequest } from './request.js';

describe('the command for logins of analysts', () => {
  it('adds, lists and removes', () => {
    expect(analystsRequest(['add', '--tenant', 'acme', '--label', 'Maria'])).toEqual({ kind: 'add', tenant: 'acme', label: 'Maria' });
    expect(analystsRequest(['add', '--tenant=acme'])).toEqual({ kind: 'add', tenant: 'acme', label: '' });
    expect(analystsRequest(['list'])).toEqual({ kind: 'list' });
    expect(analystsRequest(['remove', 'analyst_1'])).toEqual({ kind: 'remove', login: 'analyst_1' });
  });

  it.each([
    ['nothing', []],
    ['an unknown verb', ['grant']],
    ['a login without a tenant', ['add']],
    ['a tenant with a character that no tenant has', ['add', '--tenant', 'a b']],
    ['a removal of nobody', ['remove']],
    ['more than one', ['remove', 'a', 'b']],
    ['an unknown option', ['add', '--tenant', 'acme', '--all']],
    ['a label that is too long', ['add', '--tenant', 'acme', '--label', 'x'.repeat(201)]],
  ])('refuses %s and says how it is used', (_name, words) => expect(() => analystsRequest(words)).toThrow(/npm run analysts|at most/));
});
