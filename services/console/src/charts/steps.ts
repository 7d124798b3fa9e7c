/** A figure from a time on, until the next point. */
export interface Point {
  readonly at: number;
  readonly units: number;
}

export interface Change {
  readonly at: number;
  readonly delta: number;
}

/**
 * How a figure came to be what it is, from the changes before, in any order: late facts count at their own time.
 * @param now the figure after all changes
 */
export function curveOf(changes: readonly Change[], now: number): readonly Point[] {
  const sorted = changes.filter(({ delta }) => delta !== 0).toSorted((one, other) => one.at - other.at);
  let units = now - sorted.reduce((sum, { delta }) => sum + delta, 0);
  const points: Point[] = [];
  for (const { at, delta } of sorted) {
    if (points.length === 0) points.push({ at, units });
    units += delta;
    // Of several changes at a time only what they come to is shown.
    if (points.length > 1 && points.at(-1)?.at === at) points.pop();
    points.push({ at, units });
  }
  return points;
}

export interface Extent {
  readonly lowest: number;
  readonly highest: number;
}

export const extentOf = (points: readonly Point[]): Extent => ({
  lowest: Math.min(...points.map(({ units }) => units)),
  highest: Math.max(...points.map(({ units }) => units)),
});

/** The line of a step chart in a field of the width and height given, up to the time `until`. */
export function pathOf(points: readonly Point[], until: number, width: number, height: number): string {
  const [first] = points;
  if (first === undefined) return '';
  const { lowest, highest } = extentOf(points);
  const [from, to] = [Math.min(0, lowest), Math.max(highest, 1)];
  const x = (at: number): string => (((at - first.at) / Math.max(1, until - first.at)) * width).toFixed(1);
  const y = (units: number): string => (height - ((units - from) / Math.max(1, to - from)) * height).toFixed(1);
  return points.map(({ at, units }, place) => (place === 0 ? `M${x(at)} ${y(units)}` : `H${x(at)}V${y(units)}`)).join('') + `H${x(until)}`;
}
