import type { Bench } from './bench.js';
import { analytics } from './benches/analytics.js';
import { asOf } from './benches/as-of.js';
import { atpLag } from './benches/atp-lag.js';
import { channelLag } from './benches/channel-lag.js';
import { cart } from './benches/cart.js';
import { cold } from './benches/cold.js';
import { countUnderSales } from './benches/count-under-sales.js';
import { expiry } from './benches/expiry.js';
import { expiryBurst } from './benches/expiry-burst.js';
import { fullSync } from './benches/full-sync.js';
import { graphql } from './benches/graphql.js';
import { growth } from './benches/growth.js';
import { hot } from './benches/hot.js';
import { httpHot } from './benches/http-hot.js';
import { httpReserve } from './benches/http-reserve.js';
import { httpSpread } from './benches/http-spread.js';
import { imports } from './benches/imports.js';
import { ingestion } from './benches/ingestion.js';
import { polls } from './benches/polls.js';
import { projection } from './benches/projection.js';
import { rebalancing } from './benches/rebalancing.js';
import { replenishment } from './benches/replenishment.js';
import { requestsLists } from './benches/requests-lists.js';
import { replay } from './benches/replay.js';
import { single } from './benches/single.js';
import { spread } from './benches/spread.js';
import { stampede } from './benches/stampede.js';

export const BENCHES: readonly Bench[] = [
  hot,
  spread,
  single,
  cart,
  cold,
  httpReserve,
  httpHot,
  httpSpread,
  graphql,
  stampede,
  expiry,
  expiryBurst,
  countUnderSales,
  atpLag,
  channelLag,
  fullSync,
  ingestion,
  imports,
  polls,
  replenishment,
  requestsLists,
  analytics,
  projection,
  asOf,
  growth,
  replay,
  rebalancing,
];
