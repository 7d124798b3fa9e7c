import type { ChannelBound, ChannelBounds } from '@holdfast/inventory';

const same = (one: ChannelBound | undefined, other: ChannelBound | undefined): boolean =>
  one?.units === other?.units && one?.code === other?.code;

/** Whether both say the same, in whatever order: Postgres keeps the keys of an object in an order of its own. */
export function sameBounds(one: ChannelBounds | null, other: ChannelBounds | null): boolean {
  if (one === null || other === null) return one === other;
  const ids = Object.keys(one.channels);
  if (ids.length !== Object.keys(other.channels).length || !same(one.others, other.others)) return false;
  return ids.every((id) => Object.hasOwn(other.channels, id) && same(one.channels[id], other.channels[id]));
}
