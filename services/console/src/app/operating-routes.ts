import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deadLettersSearch } from '../screens/dead-letters/search.js';
import { driftSearch } from '../screens/drift/search.js';
import { historySearch } from '../screens/history/search.js';
import { root } from './root-route.js';
import { textsOf } from './search.js';

const channels = createRoute({
  getParentRoute: () => root,
  path: '/channels',
  component: lazyRouteComponent(() => import('../screens/channels/channels.js'), 'Channels'),
});

const channel = createRoute({
  getParentRoute: () => root,
  path: '/channels/$channelId',
  component: lazyRouteComponent(() => import('../screens/channels/channel.js'), 'ChannelPage'),
});

const channelSettings = createRoute({
  getParentRoute: () => channel,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/channels/settings.js'), 'ChannelSettings'),
});

const discovery = createRoute({
  getParentRoute: () => channel,
  path: '/discovery',
  validateSearch: textsOf('run'),
  component: lazyRouteComponent(() => import('../screens/channels/discovery.js'), 'Discovery'),
});

const mappings = createRoute({
  getParentRoute: () => channel,
  path: '/mappings',
  component: lazyRouteComponent(() => import('../screens/channels/mappings.js'), 'Mappings'),
});

const drift = createRoute({
  getParentRoute: () => root,
  path: '/drift',
  validateSearch: driftSearch,
  component: lazyRouteComponent(() => import('../screens/drift/drift.js'), 'DriftPage'),
});

const history = createRoute({
  getParentRoute: () => root,
  path: '/history',
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import('../screens/history/history.js'), 'History'),
});

const erp = createRoute({
  getParentRoute: () => root,
  path: '/erp',
  component: lazyRouteComponent(() => import('../screens/erp/erp.js'), 'Erp'),
});

const connection = createRoute({
  getParentRoute: () => root,
  path: '/erp/$connectionId',
  component: lazyRouteComponent(() => import('../screens/erp/connection.js'), 'ConnectionPage'),
});

const deadLetters = createRoute({
  getParentRoute: () => root,
  path: '/dead-letters',
  validateSearch: deadLettersSearch,
  component: lazyRouteComponent(() => import('../screens/dead-letters/dead-letters.js'), 'DeadLetters'),
});

const operations = createRoute({
  getParentRoute: () => root,
  path: '/operations',
  component: lazyRouteComponent(() => import('../screens/operations/operations.js'), 'Operations'),
});

const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  validateSearch: textsOf('type'),
  component: lazyRouteComponent(() => import('../screens/alerts/alerts.js'), 'Alerts'),
});

const proof = createRoute({
  getParentRoute: () => root,
  path: '/proof',
  validateSearch: textsOf('sku'),
  component: lazyRouteComponent(() => import('../screens/proof/proof.js'), 'Proof'),
});

const keys = createRoute({
  getParentRoute: () => root,
  path: '/keys',
  component: lazyRouteComponent(() => import('../screens/keys/keys.js'), 'Keys'),
});

const developers = createRoute({
  getParentRoute: () => root,
  path: '/developers',
  component: lazyRouteComponent(() => import('../screens/developers/developers.js'), 'Developers'),
});

/** Screens of what Holdfast is connected to, and of how it runs. */
export const operatingRoutes = [
  channels,
  channel.addChildren([channelSettings, discovery, mappings]),
  drift,
  history,
  erp,
  connection,
  deadLetters,
  operations,
  alerts,
  proof,
  keys,
  developers,
] as const;
