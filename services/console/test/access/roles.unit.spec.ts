import { allows } from '../../src/app/session.js';
import { ROLE_NAMES, ROLES, type Role } from './roles.js';
import { asksFor, MENU, operationsBelow, operationsOf, readScreens, type Entry } from './screens.js';

const screens = readScreens();
const may = (role: Role, needed: string): boolean => allows({ permissions: [...ROLES[role]] }, needed);

/** What a role may do on a screen: all of it, all but what some permissions are for, or nothing. */
function scopeOf(entry: Entry, role: Role): string {
  if (entry.needs !== undefined && !may(role, entry.needs)) return 'locked';
  const refused = operationsBelow(entry, screens).flatMap(({ needs }) => needs.filter((each) => !may(role, each)));
  return refused.length === 0 ? 'all' : `not ${[...new Set(refused)].sort().join(', ')}`;
}

const ENTRIES: readonly Entry[] = [...MENU, { to: '/sku/$sku', needs: 'inventory.read' }];
const RUN = 'not installation.read, installation.rebuild';
const NOTHING_OF_RUNNING = 'not erp.read, installation.read, installation.rebuild, operations.read';

/** Screens that a role does not have whole; all others it has. */
const SEEN: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  admin: { '/operations': RUN },
  operator: {
    '/channels': 'not channels.sync, channels.write',
    '/drift': 'not channels.sync',
    '/erp': 'not erp.write',
    '/dead-letters': 'not erp.write',
    '/keys': 'locked',
    '/operations': RUN,
  },
  analyst: {
    ...{ '/adjustments': 'locked', '/counts': 'locked', '/dead-letters': 'locked', '/erp': 'locked', '/keys': 'locked' },
    '/developers': 'not alerts.write',
    '/alerts': 'not alerts.write',
    '/channels': 'not channels.sync, channels.write',
    '/drift': 'not channels.sync',
    '/holds': 'not inventory.write',
    '/imports': 'not inventory.write',
    '/lots': 'not inventory.adjust, inventory.write',
    '/operations': NOTHING_OF_RUNNING,
    '/put-away': 'not inventory.write',
    '/replenishment': 'not replenishment.write',
    '/requests': 'not stockrequests.approve, stockrequests.write',
    '/reservations': 'not reservations.write',
    '/sku/$sku': 'not inventory.adjust, inventory.write, reservations.write',
    '/transfers': 'not transfers.write',
  },
  storefront: {
    ...{
      '/adjustments': 'locked',
      '/alerts': 'locked',
      '/counts': 'locked',
      '/dead-letters': 'locked',
      '/erp': 'locked',
      '/keys': 'locked',
    },
    ...{ '/replenishment': 'locked', '/requests': 'locked', '/transfers': 'locked' },
    '/developers': 'not alerts.read, alerts.write',
    '/channels': 'not channels.sync, channels.write',
    '/drift': 'not channels.sync',
    '/holds': 'not inventory.write',
    '/imports': 'not inventory.write',
    '/lots': 'not inventory.adjust, inventory.write',
    '/operations': NOTHING_OF_RUNNING,
    '/put-away': 'not inventory.write, transfers.read',
    '/sku/$sku': 'not inventory.adjust, inventory.write',
  },
  erp: {
    ...{ '/adjustments': 'locked', '/alerts': 'locked', '/channels': 'locked', '/counts': 'locked', '/drift': 'locked', '/keys': 'locked' },
    ...{ '/replenishment': 'locked', '/requests': 'locked', '/reservations': 'locked', '/transfers': 'locked' },
    '/developers': 'not alerts.read, alerts.write',
    '/lots': 'not inventory.adjust',
    '/operations': 'not installation.read, installation.rebuild, operations.read',
    '/proof': 'not reservations.read',
    '/put-away': 'not transfers.read',
    '/sku/$sku': 'not inventory.adjust, reservations.write',
  },
  channel: {
    ...{
      '/adjustments': 'locked',
      '/alerts': 'locked',
      '/counts': 'locked',
      '/dead-letters': 'locked',
      '/erp': 'locked',
      '/keys': 'locked',
    },
    ...{ '/replenishment': 'locked', '/requests': 'locked', '/reservations': 'locked', '/transfers': 'locked' },
    '/developers': 'not alerts.read, alerts.write',
    '/holds': 'not inventory.write',
    '/imports': 'not inventory.write',
    '/lots': 'not inventory.adjust, inventory.write',
    '/operations': NOTHING_OF_RUNNING,
    '/proof': 'not reservations.read',
    '/put-away': 'not inventory.write, transfers.read',
    '/sku/$sku': 'not inventory.adjust, inventory.write, reservations.write',
  },
};

describe('screens and roles', () => {
  it('know every screen of the router, and find what each calls', () => {
    expect(screens.length).toBeGreaterThanOrEqual(32);
    expect(ENTRIES.filter(({ to }) => !screens.some(({ path }) => path === to))).toEqual([]);
    const silent = ENTRIES.filter((entry) => operationsBelow(entry, screens).length === 0);
    expect(silent).toEqual([]);
  });

  it('every call of a screen is asked for first, by the permission of its route', () => {
    const unasked = screens.flatMap((screen) =>
      screen.files.flatMap((file) =>
        operationsOf(file).flatMap(({ id, needs }) =>
          needs.filter((each) => !asksFor(each, file, screen)).map((each) => `${screen.path} (${file}): ${id} needs ${each}`),
        ),
      ),
    );
    expect(unasked).toEqual([]);
  });

  it.each(ROLE_NAMES)('what %s sees of each screen', (role) => {
    expect(Object.fromEntries(ENTRIES.map((entry) => [entry.to, scopeOf(entry, role)]))).toEqual({
      ...Object.fromEntries(ENTRIES.map(({ to }) => [to, 'all'])),
      ...SEEN[role],
    });
  });
});
