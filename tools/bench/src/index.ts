export { BENCHES } from './benches.js';
export type { Bench, BenchOptions } from './bench.js';
export { table, type BenchReport, type Target } from './report.js';
