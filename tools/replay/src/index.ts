export { clean, type CleanYear } from './clean.js';
export { readRows } from './invoice-rows.js';
export { replay, type ReplayOptions } from './replay.js';
export { holds, table, type Report } from './report.js';
