import type { ChannelEvent } from '../../inbound.js';
import type { AccountVerdict } from '../../write.js';
import type { AdminApi } from '../api/admin-api.js';

const MOST_ON_PAGE = 100;
/** A level, its item and its quantity. */
const EACH = 3;

interface LevelNode {
  readonly updatedAt?: string;
  readonly item?: { readonly id?: string; readonly tracked?: boolean };
  readonly quantities?: readonly { readonly quantity?: number }[];
}
interface Levels {
  readonly location: {
    readonly inventoryLevels?: {
      readonly nodes?: readonly LevelNode[];
      readonly pageInfo?: { readonly hasNextPage?: boolean; readonly endCursor?: string | null };
    };
  } | null;
}

export type LevelsPage =
  { readonly events: readonly ChannelEvent[]; readonly endCursor: string | null } | { readonly account: AccountVerdict };

/** Figures at one place that changed since a time, whoever changed them. */
export async function changedLevels(api: AdminApi, place: string, since: number, after: string | null): Promise<LevelsPage> {
  const answer = await api.ask<Levels>({
    kind: 'ChangedLevels',
    query: `query ChangedLevels($place: ID!, $query: String!, $after: String) { location(id: $place) {
      inventoryLevels(first: ${String(MOST_ON_PAGE)}, after: $after, query: $query) {
        nodes { updatedAt item { id tracked } quantities(names: ["available"]) { quantity } } pageInfo { hasNextPage endCursor } } } }`,
    variables: { place, query: `updated_at:>='${new Date(since).toISOString()}'`, after },
    points: 3 + MOST_ON_PAGE * EACH,
  });
  if (answer.kind === 'none') return { account: answer.account };
  const { nodes = [], pageInfo } = answer.data.location?.inventoryLevels ?? {};
  const events = nodes.flatMap(({ updatedAt, item, quantities }): readonly ChannelEvent[] => {
    const available = quantities?.[0]?.quantity;
    if (item?.id === undefined || item.tracked !== true || available === undefined) return [];
    const quantity = Math.max(available, 0);
    const figure = { quantity, parts: [{ remoteId: place, quantity }] };
    return [{ kind: 'figure', listingId: item.id, at: Date.parse(updatedAt ?? ''), figure, partial: true }];
  });
  return { events, endCursor: pageInfo?.hasNextPage === true ? (pageInfo.endCursor ?? null) : null };
}
