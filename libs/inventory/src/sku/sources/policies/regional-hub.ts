import type { Place } from '../../../locations/place.js';
import type { SourceChoice, SourcePolicy, StockedSource } from '../source-policy.js';
import { byNearness, reason } from './by-nearness.js';
import { optionsAmong, SPLITS, splitsAccepted } from './options.js';

const isHub = ({ kind }: StockedSource): boolean => kind === 'regional_hub';

/** The named region, or that of the hub nearest to the destination; undefined if neither is known. */
function regionOf(sources: readonly StockedSource[], destination: Place | undefined): string | undefined {
  if (destination?.region !== undefined) return destination.region;
  const hubs = sources.filter((source) => isHub(source) && source.region !== undefined);
  const [first] = byNearness(hubs, destination);
  return first === undefined || first.near.kind === 'unknown' ? undefined : first.source.region;
}

/** The hub of the destination's region first, then the rest of the region, then the others, each nearest first or by priority. */
export const regionalHub: SourcePolicy = {
  name: 'regional-hub',
  optionsFault: optionsAmong({ splits: SPLITS }),
  order: ({ sources, destination, options }) => {
    const region = regionOf(sources, destination);
    const inRegion = (source: StockedSource): boolean => region !== undefined && source.region === region;
    const ordered = (label: string, some: readonly StockedSource[]): readonly SourceChoice[] =>
      byNearness(some, destination).map((near) => ({ locationId: near.source.locationId, because: `${label}: ${reason(near)}` }));
    const hubs = sources.filter((source) => isHub(source) && inRegion(source));
    const neighbours = sources.filter((source) => !isHub(source) && inRegion(source));
    const otherHubs = sources.filter((source) => isHub(source) && !inRegion(source));
    const others = sources.filter((source) => !isHub(source) && !inRegion(source));
    const outside = region === undefined ? 'region unknown' : `outside region ${region}`;
    return {
      choices: [
        ...ordered(`hub of region ${region ?? ''}`, hubs),
        ...ordered(`in region ${region ?? ''}`, neighbours),
        ...ordered(`hub, ${outside}`, otherHubs),
        ...ordered(outside, others),
      ],
      splitsAccepted: splitsAccepted(options),
    };
  },
};
