/** Times as the fields of browsers take them: local, to the millisecond, without a zone. */
export function localOf(iso: string | undefined): string {
  if (iso === undefined) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);
}

/** Undefined for a field that is empty or not filled in yet. */
export function isoOf(local: string): string | undefined {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** The time at a place of a slider from 0 to 1,000. */
export const timeAt = (place: number, from: number, to: number): string => new Date(from + ((to - from) * place) / 1_000).toISOString();

/** The place of a time on a slider; the end for now. */
export const placeOf = (iso: string | undefined, from: number, to: number): number =>
  iso === undefined ? 1_000 : Math.round(Math.max(0, Math.min(1, (Date.parse(iso) - from) / Math.max(1, to - from))) * 1_000);
