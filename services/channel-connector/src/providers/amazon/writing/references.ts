/** What is needed to learn what became of an accepted write. */
export type Reference =
  | { readonly kind: 'patch'; readonly submissionId: string; readonly acceptedAt: number; readonly before: number | null }
  | { readonly kind: 'feed'; readonly feedId: string };

export const feedReference = (feedId: string): string => `feed:${feedId}`;

/** @param before the figure that showed when the change was accepted */
export const patchReference = (submissionId: string, acceptedAt: number, before: number | null): string =>
  `patch:${submissionId}:${String(acceptedAt)}:${before === null ? '' : String(before)}`;

/** Reads what the two functions above wrote; undefined for anything else. */
export function referenceOf(text: string): Reference | undefined {
  const [kind, id = '', acceptedAt = '', before = ''] = text.split(':');
  if (kind === 'feed') return { kind, feedId: id };
  if (kind !== 'patch' || !/^\d+$/.test(acceptedAt)) return undefined;
  return { kind, submissionId: id, acceptedAt: Number(acceptedAt), before: before === '' ? null : Number(before) };
}
