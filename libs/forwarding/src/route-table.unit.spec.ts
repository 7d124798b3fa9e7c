import type { Access, ControllerRoute, Method } from '@holdfast/platform';
import { ROUTES } from '@holdfast/platform';
import { RouteTable } from './route-table.js';

describe('the route table', () => {
  const table = new RouteTable();
  const own = (method: Method, path: string, access: Access): ControllerRoute => ({ method, path, access, controller: {}, handler: {} });
  table.addOwn([
    own('GET', '/docs', { kind: 'public' }),
    own('GET', '/docs/:file', { kind: 'public' }),
    own('GET', '/v1/keys', { kind: 'needs', permissions: ['keys.read'] }),
    own('POST', '/v1/keys', { kind: 'needs', permissions: ['keys.write'] }),
    own('GET', '/v1/keys/:id', { kind: 'needs', permissions: ['keys.read'] }),
  ]);

  it('knows every route of the contract', () => {
    for (const [service, routes] of Object.entries(ROUTES))
      for (const [method, template, trait] of routes) {
        const url = template.replaceAll(/:[^/]+/g, 'A%2FB');
        expect([url, table.match(method, `${url}?x=1`)]).toMatchObject([url, { destination: service, open: trait === 'open', template }]);
      }
  });

  it.each([
    ['GET', '/sales-channel/inventory/alerts/low-stock', 'workflow'],
    ['GET', '/sales-channel/inventory/TEE-1/channels', 'channel-connector'],
    ['POST', '/sales-channel/inventory/reserve', 'reservation'],
    ['PUT', '/sales-channel/inventory/bulk/update', 'ingestion'],
    ['PUT', '/sales-channel/inventory/bulk', 'channel-connector'],
    ['HEAD', '/v1/inventory', 'atp-projection'],
    ['GET', '/v1/keys/key_1', 'gateway'],
    ['GET', '/v1/inventory/', 'atp-projection'],
    ['GET', '/v1/keys/?page=2', 'gateway'],
  ])('%s %s goes to %s', (method, url, destination) => expect(table.match(method, url)?.destination).toBe(destination));

  it.each(['/', '/nothing', '/v1/keys/a/b', '/health', '//v1/inventory', 'http://evil/v1/inventory', '/v1/../v1/inventory', '/%ff'])(
    'does not know %s',
    (url) => expect(table.match('GET', url)).toBeUndefined(),
  );

  it('opens only what its controllers call public', () => {
    const open = ['/docs', '/docs/swagger-ui.css'];
    expect(open.every((url) => table.match('GET', url)?.open === true)).toBe(true);
    expect(table.match('GET', '/v1/keys')?.open).toBe(false);
  });

  it('reads the parameters of a path', () =>
    expect(table.match('POST', '/sales-channel/inventory/reservation/rs_QQ.1/commit')?.params).toEqual({ reservationId: 'rs_QQ.1' }));

  it('says which methods a path answers', () => {
    expect(table.allowed('/v1/keys')).toEqual(['GET', 'POST']);
    expect(table.allowed('/nothing')).toEqual([]);
    expect(table.match('TRACE', '/v1/keys')).toBeUndefined();
  });
});
