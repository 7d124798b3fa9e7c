/** Where a scan goes on: the page to ask for, and what was seen on the page before. */
export interface Cursor {
  readonly page: number;
  /** Company and branch of the stock read so far; null where the service does not say it. */
  readonly branch: string | null;
  /** Last item of the page before; null on the first page. */
  readonly last: string | null;
}

const FIRST: Cursor = { page: 1, branch: null, last: null };

export const written = ({ page, branch, last }: Cursor): string => JSON.stringify([page, branch, last]);

/** A cursor that this code did not write begins the scan anew. */
export function cursorOf(text: string | undefined): Cursor {
  if (text === undefined) return FIRST;
  try {
    const [page, branch, last] = JSON.parse(text) as readonly unknown[];
    if (typeof page !== 'number' || !Number.isSafeInteger(page) || page < 1) return FIRST;
    return { page, branch: typeof branch === 'string' ? branch : null, last: typeof last === 'string' ? last : null };
  } catch {
    return FIRST;
  }
}
