import type { Bench } from './bench.js';
import { hot } from './benches/hot.js';
import { single } from './benches/single.js';
import { spread } from './benches/spread.js';

export const BENCHES: readonly Bench[] = [hot, spread, single];
