export { ServiceCalls, type ServiceAnswer, type ServiceCall, type ServiceStream } from './calls/service-calls.js';
export { RouteTable, type Destination, type MatchedRoute, type Route } from './route-table.js';
export { remoteTargets } from './upstreams/remote-targets.js';
export { upstreamOf, type UpstreamOptions } from './upstreams/target-upstream.js';
export type { HttpTarget, InProcessTarget, ServiceTarget, ServiceTargets } from './upstreams/targets.js';
export type { Upstream } from './upstreams/upstream.js';
