/** How a running feed is named between calls: by its id, or by its file's name while the id is not known. With the time of sending. */
export type FeedReference =
  | { readonly kind: 'id'; readonly feedId: string; readonly sentAt: number }
  | { readonly kind: 'name'; readonly fileName: string; readonly sentAt: number };

export const feedReference = (feedId: string, sentAt: number): string => `feed ${String(sentAt)} ${feedId}`;
export const byName = (fileName: string, sentAt: number): string => `file ${String(sentAt)} ${fileName}`;

export function readReference(reference: string): FeedReference | undefined {
  const [, kind, sentAt, name] = /^(feed|file) (\d+) (.+)$/.exec(reference) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  return kind === 'feed' ? { kind: 'id', feedId: name, sentAt: Number(sentAt) } : { kind: 'name', fileName: name, sentAt: Number(sentAt) };
}
