import type { Bench } from './bench.js';
import { hot } from './benches/hot.js';
import { httpHot } from './benches/http-hot.js';
import { httpReserve } from './benches/http-reserve.js';
import { httpSpread } from './benches/http-spread.js';
import { single } from './benches/single.js';
import { spread } from './benches/spread.js';

export const BENCHES: readonly Bench[] = [hot, spread, single, httpReserve, httpHot, httpSpread];
