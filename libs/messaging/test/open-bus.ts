import type { Bus } from '../src/port.js';
import { PostgresBus } from '../src/postgres/postgres-bus.js';
import type { PostgresBusOptions } from '../src/postgres/options.js';

/** What a process of its own needs to reach the engine of a test; given as JSON in `HOLDFAST_TEST_BUS`. */
export type BusRecipe = { readonly engine: 'postgres'; readonly options: PostgresBusOptions };

export function openBus(recipe: BusRecipe): Bus {
  return new PostgresBus(recipe.options);
}
