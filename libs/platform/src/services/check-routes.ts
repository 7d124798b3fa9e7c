import type { Access } from '../access/needs.js';
import type { Method } from './routes.js';
import { ROUTES } from './routes.js';
import type { RoutedService } from './services.js';
import { ROUTED_SERVICES } from './services.js';

interface Route {
  readonly method: Method;
  readonly path: string;
  readonly access?: Access | undefined;
}

const nameOf = (method: string, path: string, open: boolean): string => `${method} ${path}${open ? ' (open)' : ''}`;

/** Answered by every service itself; the gateway does not pass them on. */
const OPERATIONS = new Set(['GET /health/live', 'GET /health/ready', 'GET /metrics', 'GET /openapi.json']);

const isRouted = (service: string): service is RoutedService => ROUTED_SERVICES.some((name) => name === service);

/**
 * Compares the routes of a service's controllers with the gateway's table, which must name each of them and no other.
 * @throws Error that names all that differ; nothing for names of no service, as in tests
 */
export function requireRouted(service: string, routes: readonly Route[]): void {
  if (!isRouted(service)) return;
  const table = new Set(ROUTES[service].map(([method, path, trait]) => nameOf(method, path, trait === 'open')));
  const own = routes.filter(({ method, path }) => !OPERATIONS.has(`${method} ${path}`));
  const declared = new Set(own.map(({ method, path, access }) => nameOf(method, path, access?.kind === 'public')));
  const missing = [...declared].filter((route) => !table.has(route)).map((route) => `${route} is missing in the table`);
  const stale = [...table].filter((route) => !declared.has(route)).map((route) => `${route} has no controller`);
  if (missing.length + stale.length > 0)
    throw new Error(
      `Routes of ${service} differ from ROUTES in libs/platform/src/services/routes.ts: ${[...missing, ...stale].join('; ')}`,
    );
}
