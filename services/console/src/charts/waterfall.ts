export interface Step {
  readonly units: number;
  readonly left: number;
}

/** A bar of a waterfall, in per cent of its width. */
export interface Bar {
  readonly startPercent: number;
  readonly widthPercent: number;
  readonly direction: 'up' | 'down' | 'none';
}

/** Places the bars of a waterfall on one scale from its smallest to its largest sum; zero is always on it. */
export function barsOf(steps: readonly Step[]): readonly Bar[] {
  const sums = [0, ...steps.map(({ left }) => left)];
  const [least, most] = [Math.min(...sums), Math.max(...sums)];
  const scale = 100 / Math.max(1, most - least);
  return steps.map(({ units, left }) => ({
    startPercent: (Math.min(left, left - units) - least) * scale,
    widthPercent: Math.abs(units) * scale,
    direction: units > 0 ? 'up' : units < 0 ? 'down' : 'none',
  }));
}

/** Whether every step leads from the sum before it to its own, and the last one to the figure. */
export function addsUp(steps: readonly Step[], units: number): boolean {
  let left = 0;
  return steps.every((step) => (left += step.units) === step.left) && left === units;
}
