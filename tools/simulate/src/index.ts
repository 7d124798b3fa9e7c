export { interleave, type Interleaving } from './interleavings/interleave.js';
export { findPlant, type Find } from './find-plant.js';
export { PLANTS } from './plants/index.js';
export type { Plant } from './plants/plant.js';
export { runSeed, type RunResult } from './run-seed.js';
