import type { AccountVerdict } from '../../write.js';
import type { AdminApi } from './admin-api.js';

/** What the shop has of an item at the mapped places. */
export interface ItemLevels {
  readonly tracked: boolean;
  /** Available units by place; null where the item is not stocked. */
  readonly available: ReadonlyMap<string, number | null>;
}

export interface LevelNode {
  readonly quantities?: readonly { readonly quantity?: number }[];
}

interface ItemNode {
  readonly id?: string;
  readonly tracked?: boolean;
  readonly [level: `at${number}`]: LevelNode | null | undefined;
}

const MOST_IDS = 250;

/** Selection of one level per place, as `at0`, `at1`, …; the places themselves are variables of the same numbers. */
export const levelFields = (places: readonly string[]): string =>
  places
    .map(
      (_, index) =>
        `at${String(index)}: inventoryLevel(locationId: $place${String(index)}) { quantities(names: ["available"]) { quantity } }`,
    )
    .join(' ');
export const placeParameters = (places: readonly string[]): string => places.map((_, index) => `, $place${String(index)}: ID!`).join('');
export const placeVariables = (places: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(places.map((place, index) => [`place${String(index)}`, place]));
/** Points of the levels of one item: a level and its quantity at each place. */
export const levelPoints = (places: readonly string[]): number => 2 * places.length;

export const availableAt = (item: ItemNode, places: readonly string[]): ItemLevels['available'] =>
  new Map(places.map((place, index) => [place, item[`at${index}`]?.quantities?.[0]?.quantity ?? null]));

export interface LevelsRead {
  readonly account: AccountVerdict;
  /** By item; null where the shop does not know it. What is missing was not read. */
  readonly items: ReadonlyMap<string, ItemLevels | null>;
}

/** Reads items at the places given, some at a time. What was read before a call failed is kept. */
export async function readLevels(api: AdminApi, ids: readonly string[], places: readonly string[], urgent: boolean): Promise<LevelsRead> {
  const items = new Map<string, ItemLevels | null>();
  const each = 1 + levelPoints(places);
  const kind = `Levels${String(places.length)}`;
  const query = `query Levels($ids: [ID!]!${placeParameters(places)}) { nodes(ids: $ids) { ... on InventoryItem { id tracked ${levelFields(places)} } } }`;
  for (let from = 0; from < ids.length;) {
    const asked = ids.slice(from, from + api.mostOf(kind, each, MOST_IDS));
    from += asked.length;
    const answer = await api.ask<{ readonly nodes: readonly (ItemNode | null)[] }>({
      kind,
      query,
      variables: { ids: asked, ...placeVariables(places) },
      points: asked.length * each,
      urgent,
    });
    if (answer.kind === 'none') return { account: answer.account, items };
    asked.forEach((id, index) => {
      const node = answer.data.nodes?.[index];
      if (node === undefined) return;
      const isItem = node !== null && node.id === id;
      items.set(id, isItem ? { tracked: node.tracked === true, available: availableAt(node, places) } : null);
    });
  }
  return { account: { kind: 'ok' }, items };
}
