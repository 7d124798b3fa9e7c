import { ALERT_PAUSE_MS } from './limits.js';

/** What was told about a subject, and what had to wait. Times are epoch milliseconds. */
export interface Telling<Level extends string, Kind extends string> {
  /** As it is now. */
  readonly level: Level;
  /** As of the last message. */
  readonly toldLevel: Level;
  readonly lastKind?: Kind;
  /** When each kind was told last since the subject was well. */
  readonly toldAt: { readonly [Each in Kind]?: number };
  /** Changes since the last message that were not told. */
  readonly suppressed: number;
}

export interface Seen<Level extends string, Kind extends string> {
  readonly level: Level;
  /** What the change from `toldLevel` to `level` is called; undefined where they are the same. */
  readonly kind: Kind | undefined;
}

export interface Outcome<Level extends string, Kind extends string> {
  readonly telling: Telling<Level, Kind>;
  /** The message to send now, with the number of changes before it that were not told. */
  readonly told?: { readonly kind: Kind; readonly suppressed: number };
  /** When what was not told is to be told in one message; undefined where nothing waits. */
  readonly dueAt?: number;
}

export const wellTelling = <Level extends string, Kind extends string>(well: Level): Telling<Level, Kind> => ({
  level: well,
  toldLevel: well,
  toldAt: {},
  suppressed: 0,
});

/**
 * Says whether a change is told now. A recovery always is, and after it every kind may be told again; until then each kind is told once in
 * `ALERT_PAUSE_MS`, and what comes meanwhile is told in one message at the end of the pause.
 */
export function tell<Level extends string, Kind extends string>(
  before: Telling<Level, Kind>,
  { level, kind }: Seen<Level, Kind>,
  well: Level,
  now: number,
): Outcome<Level, Kind> {
  if (kind !== undefined && level === well) return { telling: wellTelling(well), told: { kind, suppressed: before.suppressed } };

  const next = kind ?? before.lastKind;
  const waiting = before.suppressed + (level === before.level ? 0 : 1);
  if (next === undefined || (kind === undefined && waiting === 0)) return { telling: { ...before, level } };

  const toldAt = before.toldAt[next];
  // A clock that was set back must not silence a subject for longer than the pause.
  if (toldAt !== undefined && Math.abs(now - toldAt) < ALERT_PAUSE_MS)
    return { telling: { ...before, level, suppressed: waiting }, dueAt: toldAt + ALERT_PAUSE_MS };

  return {
    telling: { level, toldLevel: level, lastKind: next, toldAt: { ...before.toldAt, [next]: now }, suppressed: 0 },
    told: { kind: next, suppressed: kind === undefined ? waiting : before.suppressed },
  };
}
