import { Api } from '@holdfast/testing';
import { allows } from '../../src/app/session.js';
import { ROLE_NAMES, ROLES } from '../access/roles.js';
import { MENU, OPERATIONS } from '../access/screens.js';
import { keyOf, signedIn, type Around } from '../around.js';

/** One operation for each permission: the routes ask for it in one place. */
const ONE_EACH = [...new Map(OPERATIONS.filter(({ needs }) => needs.length === 1).map((each) => [each.needs[0] ?? '', each])).entries()];

export function roles(around: Around): void {
  describe('roles', () => {
    it.each(ROLE_NAMES)('%s sees a lock where it may not go, and the routes refuse what the screens hide', async (role) => {
      const key = await keyOf(around, { roles: [role] });
      const page = await signedIn(around, key);
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
      const session = (await (await page.context().request.get('/v1/session')).json()) as { permissions: string[] };
      expect(session.permissions.toSorted()).toEqual(ROLES[role].toSorted());
      const locked = MENU.filter(({ needs }) => needs !== undefined && !allows(session, needs));
      const shown = await page
        .getByRole('navigation', { name: 'Screens' })
        .getByRole('link')
        .evaluateAll((links) =>
          links
            .filter((link) => link.textContent?.includes('(') === true)
            .map((link) => link.getAttribute('href')?.replace('/app', '') ?? ''),
        );
      expect(shown).toEqual(locked.map(({ to }) => to));
      const { to, needs = '' } = locked.at(-1) ?? { to: '/operations', needs: 'installation.rebuild' };
      await page.locator(`nav a[href="/app${to}"]`).click();
      await page.getByText(needs, { exact: true }).first().waitFor();

      const api = new Api(around.holdfast().url, key);
      const hidden = ONE_EACH.filter(([permission]) => !allows(session, permission));
      for (const [permission, { method, path }] of hidden) {
        const { status, body } = await api.send(method, path.replaceAll(/\{\w+\}/g, 'x'), method === 'POST' ? {} : undefined);
        expect([permission, status, (body as { code?: string }).code]).toEqual([permission, 403, 'missing_permission']);
      }
    });
  });
}
