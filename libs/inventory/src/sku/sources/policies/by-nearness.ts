import { compareNearness, describeNearness, nearness, type Nearness } from '../../../locations/nearness.js';
import type { Place } from '../../../locations/place.js';
import type { StockedSource } from '../source-policy.js';

export interface NearSource {
  readonly source: StockedSource;
  readonly near: Nearness;
}

/** Nearest first; places of equal or unknown nearness keep their order. */
export function byNearness(sources: readonly StockedSource[], destination: Place | undefined): readonly NearSource[] {
  const found = sources.map((source): NearSource => ({ source, near: nearness(destination ?? {}, source) }));
  return found.sort((one, other) => compareNearness(one.near, other.near));
}

/** E.g. `12 km`; the priority if no distance is known. */
export const reason = ({ source, near }: NearSource): string =>
  near.kind === 'unknown' ? `priority ${String(source.priority)}` : describeNearness(near);
