import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { adjustmentsSearch } from '../screens/adjustments/search.js';
import { analyticsSearch } from '../screens/analytics/search.js';
import { countsSearch } from '../screens/counts/search.js';
import { holdsSearch } from '../screens/holds/search.js';
import { lotsSearch } from '../screens/lots/search.js';
import { putAwaySearch } from '../screens/put-away/search.js';
import { replenishmentSearch } from '../screens/replenishment/search.js';
import { requestsSearch } from '../screens/requests/search.js';
import { transfersSearch } from '../screens/transfers/search.js';
import { root } from './root-route.js';
import { textsOf } from './search.js';

const transfers = createRoute({
  getParentRoute: () => root,
  path: '/transfers',
  validateSearch: transfersSearch,
  component: lazyRouteComponent(() => import('../screens/transfers/transfers.js'), 'Transfers'),
});

const transfer = createRoute({
  getParentRoute: () => root,
  path: '/transfers/$transferId',
  component: lazyRouteComponent(() => import('../screens/transfers/transfer.js'), 'TransferPage'),
});

const putAway = createRoute({
  getParentRoute: () => root,
  path: '/put-away',
  validateSearch: putAwaySearch,
  component: lazyRouteComponent(() => import('../screens/put-away/put-away.js'), 'PutAway'),
});

const adjustments = createRoute({
  getParentRoute: () => root,
  path: '/adjustments',
  validateSearch: adjustmentsSearch,
  component: lazyRouteComponent(() => import('../screens/adjustments/adjustments.js'), 'Adjustments'),
});

const counts = createRoute({
  getParentRoute: () => root,
  path: '/counts',
  validateSearch: countsSearch,
  component: lazyRouteComponent(() => import('../screens/counts/counts.js'), 'Counts'),
});

const count = createRoute({
  getParentRoute: () => root,
  path: '/counts/$batchId',
  component: lazyRouteComponent(() => import('../screens/counts/count.js'), 'CountPage'),
});

const scanCount = createRoute({
  getParentRoute: () => root,
  path: '/counts/$batchId/scan',
  component: lazyRouteComponent(() => import('../screens/counts/scanning/scan.js'), 'ScanCount'),
});

const holds = createRoute({
  getParentRoute: () => root,
  path: '/holds',
  validateSearch: holdsSearch,
  component: lazyRouteComponent(() => import('../screens/holds/holds.js'), 'Holds'),
});

const lots = createRoute({
  getParentRoute: () => root,
  path: '/lots',
  validateSearch: lotsSearch,
  component: lazyRouteComponent(() => import('../screens/lots/lots.js'), 'Lots'),
});

const requests = createRoute({
  getParentRoute: () => root,
  path: '/requests',
  validateSearch: requestsSearch,
  component: lazyRouteComponent(() => import('../screens/requests/requests.js'), 'Requests'),
});

const request = createRoute({
  getParentRoute: () => root,
  path: '/requests/$requestId',
  component: lazyRouteComponent(() => import('../screens/requests/request.js'), 'RequestPage'),
});

const replenishment = createRoute({
  getParentRoute: () => root,
  path: '/replenishment',
  component: lazyRouteComponent(() => import('../screens/replenishment/replenishment.js'), 'Replenishment'),
});

const orders = createRoute({
  getParentRoute: () => replenishment,
  path: '/',
  validateSearch: replenishmentSearch,
  component: lazyRouteComponent(() => import('../screens/replenishment/orders.js'), 'Orders'),
});

const rules = createRoute({
  getParentRoute: () => replenishment,
  path: '/rules',
  validateSearch: replenishmentSearch,
  component: lazyRouteComponent(() => import('../screens/replenishment/rules.js'), 'Rules'),
});

const proposals = createRoute({
  getParentRoute: () => replenishment,
  path: '/rebalancing',
  validateSearch: replenishmentSearch,
  component: lazyRouteComponent(() => import('../screens/replenishment/proposals.js'), 'Proposals'),
});

const policies = createRoute({
  getParentRoute: () => replenishment,
  path: '/policies',
  validateSearch: textsOf(),
  component: lazyRouteComponent(() => import('../screens/replenishment/policies/policies.js'), 'Policies'),
});

const analytics = createRoute({
  getParentRoute: () => root,
  path: '/analytics',
  validateSearch: analyticsSearch,
  component: lazyRouteComponent(() => import('../screens/analytics/analytics.js'), 'Analytics'),
});

/** Screens of work in the warehouse, and of what it comes to. */
export const warehouseRoutes = [
  transfers,
  transfer,
  putAway,
  adjustments,
  holds,
  lots,
  counts,
  count,
  scanCount,
  requests,
  request,
  replenishment.addChildren([orders, rules, proposals, policies]),
  analytics,
] as const;
