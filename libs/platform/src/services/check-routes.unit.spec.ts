import { requireRouted } from './check-routes.js';
import { ROUTES } from './routes.js';

const declared = ROUTES.workflow.map(([method, path]) => ({ method, path }));

describe('the routes of a service', () => {
  it('may be those of the table, with what every service answers', () =>
    expect(() => requireRouted('workflow', [...declared, { method: 'GET', path: '/health/live' }])).not.toThrow());

  it('stop its start where the gateway does not know one', () =>
    expect(() => requireRouted('workflow', [...declared, { method: 'POST', path: '/v1/new' }])).toThrow(
      'POST /v1/new is missing in the table',
    ));

  it('stop its start where the gateway knows one that is gone', () =>
    expect(() => requireRouted('workflow', declared.slice(1))).toThrow('POST /v1/inventory/reallocate has no controller'));

  it('are not compared for an application that is no service', () => expect(() => requireRouted('orders', declared)).not.toThrow());
});
