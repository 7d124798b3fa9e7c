import type { Method } from './routes.js';
import { ROUTES } from './routes.js';
import type { RoutedService } from './services.js';
import { ROUTED_SERVICES } from './services.js';

interface Route {
  readonly method: Method;
  readonly path: string;
}

/** Answered by every service itself; the gateway does not pass them on. */
const OPERATIONS = new Set(['GET /health/live', 'GET /health/ready', 'GET /metrics', 'GET /openapi.json']);

const isRouted = (service: string): service is RoutedService => ROUTED_SERVICES.some((name) => name === service);

/**
 * Compares the routes of a service's controllers with the gateway's table, which must name each of them and no other.
 * @throws Error that names all that differ; nothing for names of no service, as in tests
 */
export function requireRouted(service: string, routes: readonly Route[]): void {
  if (!isRouted(service)) return;
  const table = new Set(ROUTES[service].map(([method, path]) => `${method} ${path}`));
  const declared = new Set(routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !OPERATIONS.has(route)));
  const missing = [...declared].filter((route) => !table.has(route)).map((route) => `${route} is missing in the table`);
  const stale = [...table].filter((route) => !declared.has(route)).map((route) => `${route} has no controller`);
  if (missing.length + stale.length > 0)
    throw new Error(
      `Routes of ${service} differ from ROUTES in libs/platform/src/services/routes.ts: ${[...missing, ...stale].join('; ')}`,
    );
}
