/** Takes the first items of each lane, at most so many of one lane; the others are left, all in their order. */
export function takeNext<Item>(
  items: readonly Item[],
  laneOf: (item: Item) => string,
  perLane: number,
): { readonly taken: readonly Item[]; readonly left: readonly Item[] } {
  const counts = new Map<string, number>();
  const taken: Item[] = [];
  const left: Item[] = [];
  for (const item of items) {
    const lane = laneOf(item);
    const count = counts.get(lane) ?? 0;
    counts.set(lane, count + 1);
    (count < perLane ? taken : left).push(item);
  }
  return { taken, left };
}
