import { findPlant, type Find } from '../find-plant.js';
import { interleave, type Interleaving } from '../interleavings/interleave.js';
import { PLANTS } from '../plants/index.js';
import { runSeed, type RunResult } from '../run-seed.js';
import { runStretch, type Stretch } from './many-seeds.js';

/** The kind of run of a seed: whole services, or one interleaving of commands on one SKU. */
export interface Runs {
  readonly seeds: RunResult;
  readonly interleavings: Interleaving;
}

/** The calls that a worker answers. */
export interface Work {
  seeds(from: number, count: number): Promise<Stretch<RunResult>>;
  interleavings(from: number, count: number): Promise<Stretch<Interleaving>>;
  plant(name: string, runs: keyof Runs, within: number): Promise<Find | undefined>;
}

export const work: Work = {
  seeds: (from, count) => runStretch(from, count, runSeed),
  interleavings: (from, count) => runStretch(from, count, interleave),
  async plant(name, runs, within) {
    const plant = PLANTS.find((one) => one.name === name);
    if (plant === undefined) throw new Error(`there is no planted mistake ${name}`);
    return findPlant(plant, 1, within, runs === 'seeds' ? runSeed : interleave);
  },
};
