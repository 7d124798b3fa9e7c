import { allows, PERMISSION_AREAS } from '@holdfast/platform';
import { permissionsOf, ROLE_NAMES, ROLES } from './roles.js';

describe('roles', () => {
  it.each([
    ['admin', 'keys.write', true],
    ['operator', 'inventory.adjust', true],
    ['operator', 'keys.read', false],
    ['operator', 'channels.write', false],
    ['analyst', 'inventory.read', true],
    ['analyst', 'inventory.write', false],
    ['analyst', 'reservations.write', false],
    ['storefront', 'reservations.write', true],
    ['storefront', 'inventory.adjust', false],
    ['erp', 'erp.write', true],
    ['erp', 'reservations.write', false],
    ['channel', 'channels.write', true],
    ['channel', 'inventory.write', false],
  ])('%s may %s: %s', (role, permission, may) => {
    expect(allows(permissionsOf([role], []), permission)).toBe(may);
  });

  it('add up with permissions, each once', () => {
    expect(permissionsOf(['channel'], ['inventory.read', 'erp.read'])).toEqual([
      'channels.*',
      'inventory.read',
      'products.read',
      'locations.read',
      'erp.read',
    ]);
  });

  it('grant nothing when unknown, also by the name of an object member', () => {
    expect(permissionsOf(['root', 'toString', '__proto__'], [])).toEqual([]);
  });

  it('hold nothing that concerns all tenants, whatever a key or token names', () => {
    const granted = permissionsOf(['admin', 'operator'], ['*', 'installation.*', 'installation.rebuild']);
    expect(granted).not.toContain('installation.*');
    expect(allows(granted, 'installation.rebuild')).toBe(false);
  });

  it('name areas that exist', () => {
    for (const role of ROLE_NAMES)
      for (const permission of ROLES[role])
        expect(permission === '*' || PERMISSION_AREAS.some((area) => permission.startsWith(`${area}.`))).toBe(true);
  });
});
