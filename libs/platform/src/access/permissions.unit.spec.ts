import { allows } from './permissions.js';

describe('permissions', () => {
  it.each([
    ['inventory.read', 'inventory.read', true],
    ['inventory.*', 'inventory.read', true],
    ['*', 'keys.write', true],
    ['inventory.read', 'inventory.write', false],
    ['inventory', 'inventory.read', false],
    ['inv.*', 'inventory.read', false],
    ['inventory.read.more', 'inventory.read', false],
    ['.*', 'inventory.read', false],
    ['*', 'installation.rebuild', false],
    ['operations.*', 'installation.rebuild', false],
    ['installation.*', 'installation.rebuild', true],
    ['installation.*', 'inventory.read', false],
  ])('%s covers %s: %s', (granted, needed, covered) => {
    expect(allows([granted], needed)).toBe(covered);
  });

  it('covers nothing where nothing was granted', () => expect(allows([], 'inventory.read')).toBe(false));
});
