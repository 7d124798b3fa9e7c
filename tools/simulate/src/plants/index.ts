import { decidingPlants } from './deciding.js';
import { holdingPlants } from './holding.js';
import { ingestingPlants } from './ingesting.js';
import { lotPlants } from './lots.js';
import type { Plant } from './plant.js';
import { servingPlants } from './serving.js';
import { storingPlants } from './storing.js';
import { waitingPlants } from './waiting.js';

/** Every mistake that a run must find. */
export const PLANTS: readonly Plant[] = [
  ...decidingPlants,
  ...storingPlants,
  ...servingPlants,
  ...ingestingPlants,
  ...waitingPlants,
  ...holdingPlants,
  ...lotPlants,
];
