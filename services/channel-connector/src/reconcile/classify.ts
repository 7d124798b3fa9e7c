/**
 * Why a channel shows another figure than ours.
 * late: ours is on its way. lost: ours was taken and an older one shows. doubled: a change took effect twice. foreign_edit: somebody set another
 * figure there. unmapped: the channel does not know the listing. vendor_lag: the channel took ours and shows it later.
 */
export const DRIFT_CLASSES = ['late', 'lost', 'doubled', 'foreign_edit', 'unmapped', 'vendor_lag'] as const;
export type DriftClass = (typeof DRIFT_CLASSES)[number];

/** What we know of a listing, beside what the channel shows. Units over all places. */
export interface ToldListing {
  /** What it should show now. */
  readonly wanted: number;
  /** What the channel was told last; null while nothing was. */
  readonly told: number | null;
  /** What it showed before it was told that; null where it is not known. */
  readonly prior: number | null;
  /** Figures it was told, or may have been told, before that. */
  readonly earlier: readonly number[];
  /** A newer figure waits to be told. */
  readonly isDue: boolean;
  /** The channel accepted the last write and has not confirmed it. */
  readonly isPending: boolean;
  /** Whatever the channel accepted so far it did not make: nothing was ever seen there, of ours or of others. */
  readonly isUndone: boolean;
}

/** @param observed units that the channel shows; null where it does not know the listing @returns undefined where both agree */
export function driftOf(
  { wanted, told, prior, earlier, isDue, isPending, isUndone }: ToldListing,
  observed: number | null,
): DriftClass | undefined {
  if (observed === null) return 'unmapped';
  if (observed === wanted) return undefined;
  if (told === null) return 'late';
  if (observed === told) return isDue ? 'late' : undefined;
  if (isPending && (prior === null || observed === prior || earlier.includes(observed))) return 'vendor_lag';
  if (observed === prior || earlier.includes(observed) || (isUndone && prior === null)) return 'lost';
  // A relative change (an order, a delta) that is applied twice goes as far beyond ours as ours went from before.
  if (prior !== null && prior !== told && observed === told + (told - prior)) return 'doubled';
  return 'foreign_edit';
}
