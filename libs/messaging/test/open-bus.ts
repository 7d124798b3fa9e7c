import { KafkaBus } from '../src/kafka/kafka-bus.js';
import type { KafkaBusOptions } from '../src/kafka/options.js';
import type { Bus } from '../src/port.js';
import type { PostgresBusOptions } from '../src/postgres/options.js';
import { PostgresBus } from '../src/postgres/postgres-bus.js';

/** What a process of its own needs to reach the engine of a test; given as JSON in `HOLDFAST_TEST_BUS`. */
export type BusRecipe =
  { readonly engine: 'postgres'; readonly options: PostgresBusOptions } | { readonly engine: 'kafka'; readonly options: KafkaBusOptions };

export const openBus = (recipe: BusRecipe): Bus =>
  recipe.engine === 'postgres' ? new PostgresBus(recipe.options) : new KafkaBus(recipe.options);

export const busOfEnvironment = (): Bus => openBus(JSON.parse(process.env['HOLDFAST_TEST_BUS'] ?? '') as BusRecipe);
