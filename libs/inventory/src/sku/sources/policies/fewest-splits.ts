import type { SourceChoice, SourcePolicy, StockedSource } from '../source-policy.js';
import { optionsAmong } from './options.js';

/**
 * As few locations as possible: one that has all units, the first by priority; else the fullest ones, until the first by priority that has
 * the rest. Taking the fullest each time gives the least number of locations.
 */
export const fewestSplits: SourcePolicy = {
  name: 'fewest-splits',
  optionsFault: optionsAmong({}),
  order: ({ sources, quantity }) => {
    const choices: SourceChoice[] = [];
    const left = new Set(sources);
    const choose = (source: StockedSource, because: string): void => {
      left.delete(source);
      choices.push({ locationId: source.locationId, because });
    };
    const fullest = sources.filter(({ available }) => available > 0).sort((one, other) => other.available - one.available);
    let rest = quantity;
    for (const most of fullest) {
      if (most.available >= rest) {
        const fitting = [...left].find(({ available }) => available >= rest) ?? most;
        choose(fitting, rest === quantity ? `has all ${String(rest)}` : `has the last ${String(rest)}`);
        break;
      }
      choose(most, `${String(most.available)} free, the most`);
      rest -= most.available;
    }
    for (const source of [...left]) choose(source, `priority ${String(source.priority)}`);
    return { choices: choices.map((choice) => ({ ...choice, because: `fewest splits: ${choice.because}` })), splitsAccepted: true };
  },
};
