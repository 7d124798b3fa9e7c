import { CHANNEL_PLANTS } from '../channels/plants/index.js';
import { runChannels } from '../channels/run-channels.js';
import { findPlant, type Find } from '../find-plant.js';
import { interleave, type Interleaving } from '../interleavings/interleave.js';
import { PLANTS } from '../plants/index.js';
import { PROCESS_PLANTS } from '../processes/plants.js';
import { runProcesses } from '../processes/run-processes.js';
import { runSeed, type RunResult } from '../run-seed.js';
import { runStretch, type Stretch } from './many-seeds.js';

/** The kind of run of a seed: whole services, one interleaving of commands on one SKU, the delivery to channels, or the warehouse's processes. */
export interface Runs {
  readonly seeds: RunResult;
  readonly interleavings: Interleaving;
  readonly channels: RunResult;
  readonly processes: RunResult;
}

/** The calls that a worker answers. */
export interface Work {
  seeds(from: number, count: number): Promise<Stretch<RunResult>>;
  interleavings(from: number, count: number): Promise<Stretch<Interleaving>>;
  channels(from: number, count: number): Promise<Stretch<RunResult>>;
  processes(from: number, count: number): Promise<Stretch<RunResult>>;
  plant(name: string, runs: keyof Runs, within: number): Promise<Find | undefined>;
}

export const work: Work = {
  seeds: (from, count) => runStretch(from, count, runSeed),
  interleavings: (from, count) => runStretch(from, count, interleave),
  channels: (from, count) => runStretch(from, count, runChannels),
  processes: (from, count) => runStretch(from, count, runProcesses),
  plant: (name, runs, within) => {
    if (runs === 'channels') {
      const plant = named(CHANNEL_PLANTS, name);
      return findPlant(plant, plant.from ?? 1, within, runChannels, false);
    }
    if (runs === 'processes') {
      const plant = named(PROCESS_PLANTS, name);
      return findPlant(plant, plant.from ?? 1, within, runProcesses, false);
    }
    const plant = named(PLANTS, name);
    if (runs === 'interleavings') return findPlant(plant, 1, within, interleave, false);
    return findPlant(plant, plant.from ?? 1, within, runSeed, plant.changesLog === true);
  },
};

function named<Plant extends { readonly name: string }>(plants: readonly Plant[], name: string): Plant {
  const plant = plants.find((one) => one.name === name);
  if (plant === undefined) throw new Error(`there is no planted mistake ${name}`);
  return plant;
}
