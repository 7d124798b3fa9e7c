/** A vendor's wish to be left alone is honoured up to this long. */
export const MAX_RETRY_AFTER_MS = 3_600_000;
/** Characters of a fault that are kept and shown. */
export const MAX_FAULT_LENGTH = 300;

/** Reads a Retry-After header, seconds or an HTTP date, as milliseconds from now within what is bearable. @param now epoch milliseconds */
export function retryAfter(header: string | undefined, now: number): number {
  if (header === undefined) return 0;
  const value = header.trim();
  const wished = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(wished) ? Math.min(Math.max(Math.ceil(wished), 0), MAX_RETRY_AFTER_MS) : 0;
}

/** A text of a stranger as it can be stored and shown: on one line, without control characters. */
export const printable = (text: string): string =>
  text
    .replace(/[^\x20-\x7e\u00a0-\uffff]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** So much of a fault as is kept and shown. */
export const shortened = (text: string): string => (text.length > MAX_FAULT_LENGTH ? `${text.slice(0, MAX_FAULT_LENGTH - 1)}…` : text);
