import type { SourcePolicy } from '../source-policy.js';
import { byNearness, reason } from './by-nearness.js';
import { optionsAmong, SPLITS, splitsAccepted } from './options.js';

/** Nearest to the destination first, by coordinates or postal code; by priority if no distance is known. */
export const nearest: SourcePolicy = {
  name: 'nearest',
  optionsFault: optionsAmong({ splits: SPLITS }),
  order: ({ sources, destination, options }) => ({
    choices: byNearness(sources, destination).map((near) => ({
      locationId: near.source.locationId,
      because: `nearest: ${near.near.kind === 'unknown' ? 'distance unknown, ' : ''}${reason(near)}`,
    })),
    splitsAccepted: splitsAccepted(options),
  }),
};
