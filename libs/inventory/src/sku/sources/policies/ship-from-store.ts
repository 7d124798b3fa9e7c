import type { SourceChoice, SourcePolicy, StockedSource } from '../source-policy.js';
import { byNearness, reason } from './by-nearness.js';
import { optionsAmong, SPLITS, splitsAccepted } from './options.js';

const isStore = ({ kind }: StockedSource): boolean => kind === 'store';

/**
 * Stores before warehouses (`stores: preferred`, default), only stores (`only`), or no store (`excluded`). Within each group nearest first
 * if a destination is known, else by priority.
 */
export const shipFromStore: SourcePolicy = {
  name: 'ship-from-store',
  optionsFault: optionsAmong({ stores: ['preferred', 'only', 'excluded'], splits: SPLITS }),
  order: ({ sources, destination, options }) => {
    const ordered = (kind: string, some: readonly StockedSource[]): readonly SourceChoice[] =>
      byNearness(some, destination).map((near) => ({
        locationId: near.source.locationId,
        because: `${kind}: ${reason(near)}`,
      }));
    const stores = options['stores'] === 'excluded' ? [] : ordered('ship from store', sources.filter(isStore));
    const warehouseLabel = options['stores'] === 'excluded' ? 'warehouse, stores excluded' : 'warehouse after stores';
    const others =
      options['stores'] === 'only'
        ? []
        : ordered(
            warehouseLabel,
            sources.filter((source) => !isStore(source)),
          );
    return { choices: [...stores, ...others], splitsAccepted: splitsAccepted(options) };
  },
};
