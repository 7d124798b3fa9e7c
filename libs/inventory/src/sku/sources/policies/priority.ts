import type { SourcePolicy } from '../source-policy.js';
import { optionsAmong, SPLITS, splitsAccepted } from './options.js';

/** In the order of the locations' priority numbers. */
export const byPriority: SourcePolicy = {
  name: 'priority',
  optionsFault: optionsAmong({ splits: SPLITS }),
  order: ({ sources, options }) => ({
    choices: sources.map(({ locationId, priority }) => ({ locationId, because: `priority ${String(priority)}` })),
    splitsAccepted: splitsAccepted(options),
  }),
};
