export { replay, type ReplayOptions } from './replay.js';
export { holds, table, type Report } from './report.js';
