import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { matrixSearch } from '../screens/matrix/search.js';
import { reservationsSearch } from '../screens/reservations/search.js';
import { figureSearch, timelineSearch } from '../screens/sku/search.js';
import { Failed, Loading } from '../ui/states.js';
import { operatingRoutes } from './operating-routes.js';
import { root } from './root-route.js';
import { warehouseRoutes } from './warehouse-routes.js';

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/home/home.js'), 'Home'),
});

const matrix = createRoute({
  getParentRoute: () => root,
  path: '/matrix',
  validateSearch: matrixSearch,
  component: lazyRouteComponent(() => import('../screens/matrix/matrix.js'), 'Matrix'),
});

const sku = createRoute({
  getParentRoute: () => root,
  path: '/sku/$sku',
  validateSearch: figureSearch,
  component: lazyRouteComponent(() => import('../screens/sku/sku.js'), 'Sku'),
});

const explain = createRoute({
  getParentRoute: () => sku,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/sku/explain.js'), 'Explain'),
});

const timeline = createRoute({
  getParentRoute: () => sku,
  path: '/timeline',
  validateSearch: timelineSearch,
  component: lazyRouteComponent(() => import('../screens/sku/timeline.js'), 'Timeline'),
});

const timeTravel = createRoute({
  getParentRoute: () => sku,
  path: '/time',
  component: lazyRouteComponent(() => import('../screens/sku/time-travel.js'), 'TimeTravel'),
});

const positions = createRoute({
  getParentRoute: () => sku,
  path: '/positions',
  component: lazyRouteComponent(() => import('../screens/sku/positions.js'), 'Positions'),
});

const reservations = createRoute({
  getParentRoute: () => root,
  path: '/reservations',
  validateSearch: reservationsSearch,
  component: lazyRouteComponent(() => import('../screens/reservations/reservations.js'), 'Reservations'),
});

const reservation = createRoute({
  getParentRoute: () => root,
  path: '/reservations/$reservationId',
  component: lazyRouteComponent(() => import('../screens/reservations/reservation.js'), 'ReservationPage'),
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  component: lazyRouteComponent(() => import('../screens/imports/imports.js'), 'Imports'),
});

const oneImport = createRoute({
  getParentRoute: () => root,
  path: '/imports/$importId',
  component: lazyRouteComponent(() => import('../screens/imports/import.js'), 'ImportPage'),
});

const routes = root.addChildren([
  home,
  matrix,
  sku.addChildren([explain, timeline, timeTravel, positions]),
  reservations,
  reservation,
  imports,
  oneImport,
  ...warehouseRoutes,
  ...operatingRoutes,
]);

/** Each screen is a chunk of its own, loaded when it is first opened or pointed at. */
export const makeRouter = () =>
  createRouter({
    routeTree: routes,
    basepath: '/app',
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: Loading,
    defaultErrorComponent: ({ error, reset }) => (
      <Failed error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
    ),
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
