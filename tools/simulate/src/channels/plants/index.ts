import { keepingPlants } from './keeping.js';
import type { ChannelPlant } from './plant.js';
import { writingPlants } from './writing.js';

/** Every mistake that a run must find. */
export const CHANNEL_PLANTS: readonly ChannelPlant[] = [...keepingPlants, ...writingPlants];
