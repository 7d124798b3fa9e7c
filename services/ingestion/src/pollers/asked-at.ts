/** A `Date` header has whole seconds: its true time lies within the second from it on. */
const HEADER_MS = 1_000;

export interface AskedAt {
  /** When the request was sent, by the ERP's clock, epoch milliseconds. */
  readonly asOf: number;
  /** How far the ERP's clock is ahead of ours, negative where it is behind; 0 where the answer does not show that they differ. */
  readonly skewMs: number;
}

/**
 * When a page was asked for, by the ERP's clock. The `Date` header was written between request and answer, so the skew is known within a
 * range; of that range the smallest value is taken, so that the time lies rather before the reading than after it.
 */
export function askedAt(sentAt: number, answeredAt: number, dateHeader: string | undefined): AskedAt {
  const said = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
  if (!Number.isFinite(said)) return { asOf: sentAt, skewMs: 0 };
  const least = said - answeredAt;
  const most = said + HEADER_MS - sentAt;
  const skewMs = least <= 0 && most >= 0 ? 0 : least;
  return { asOf: sentAt + skewMs, skewMs };
}
