export type { RestartableEngine } from './engine.js';
export { enginesFolder, startLocal } from './local-engines.js';
