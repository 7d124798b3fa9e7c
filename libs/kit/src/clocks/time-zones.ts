const DAY_MS = 86_400_000;

const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

const MAX_STARTS_KEPT = 2_000;

/** Many lots expire on one day; a start takes some hundred microseconds to find. */
const starts = new Map<string, number>();

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes some 50 microseconds; using one takes two. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** Whether it names a time zone of the IANA database, such as `Europe/Berlin`. Offsets such as `+01:00` are none: they know no summer time. */
export function isTimeZone(zone: string): boolean {
  if (!ZONE_NAME.test(zone)) return false;
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What clocks of the zone show at the instant, as if it were UTC; epoch milliseconds, whole seconds. */
function shownAt(instant: number, zone: string): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) shown[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The calendar day, `YYYY-MM-DD`, that it is in the zone at the instant. @param instant epoch milliseconds */
export const dayIn = (instant: number, zone: string): string => new Date(shownAt(instant, zone)).toISOString().slice(0, 10);

/**
 * The first instant of a calendar day in a zone, epoch milliseconds. Where clocks are put forward over midnight it is the instant of the
 * change; where they are put back over midnight, the day before has the repeated hour.
 * @param day `YYYY-MM-DD`; `addDays` moves it so many days on
 */
export function startOfDay(day: string, zone: string, addDays = 0): number {
  const key = `${day} ${String(addDays)} ${zone}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  const start = firstInstant(day, zone, addDays);
  if (starts.size >= MAX_STARTS_KEPT) starts.clear();
  starts.set(key, start);
  return start;
}

function firstInstant(day: string, zone: string, addDays: number): number {
  const midnight = Date.parse(`${day}T00:00:00Z`) + addDays * DAY_MS;
  const [first, second] = [midnight - DAY_MS, midnight + DAY_MS]
    .map((near) => midnight - (shownAt(near, zone) - near))
    .sort((one, other) => one - other) as [number, number];
  return shownAt(first, zone) >= midnight ? first : second;
}
