import { allDone, runInLanes } from '@holdfast/kit';
import { isSegment } from '../../path-segment.js';
import { fieldsOf, listOf } from '../../reading.js';
import type { AccountVerdict } from '../../write.js';
import { verdictOf, type SellingPartnerApi } from '../api.js';
import { itemOf, type Item } from './items.js';
import type { AmazonSettings } from '../settings.js';

export interface Found {
  readonly account: AccountVerdict;
  /** By SKU; null where Amazon has no such listing. A SKU that is missing could not be read. */
  readonly items: ReadonlyMap<string, Item | null>;
}

const MOST_IDENTIFIERS = 20;
/** Calls at once; the budget sets the pace. */
const LANES = 4;

/** Finds listings by SKU, up to 20 with one call. */
export async function lookUp(api: SellingPartnerApi, settings: AmazonSettings, skus: readonly string[], urgent = false): Promise<Found> {
  const items = new Map<string, Item | null>();
  let account: AccountVerdict = { kind: 'ok' };

  async function read(group: readonly string[]): Promise<void> {
    if (account.kind !== 'ok') return;
    const [only] = group;
    const isOne = group.length === 1 && only !== undefined && isSegment(only);
    const result = isOne
      ? await api.call('getListingsItem', { method: 'GET', path: pathOf(settings, only), query: queryOf(settings) }, { urgent })
      : await api.call(
          'searchListingsItems',
          {
            method: 'GET',
            path: pathOf(settings),
            query: { ...queryOf(settings), identifiersType: 'SKU', identifiers: group.join(','), pageSize: String(MOST_IDENTIFIERS) },
          },
          { urgent },
        );
    if (result.kind === 'ok') {
      const answered = isOne ? [result.body] : listOf(fieldsOf(result.body)['items']);
      const read = new Map(
        answered.map((one) => itemOf(one, settings)).flatMap((item) => (item === undefined ? [] : [[item.sku, item] as const])),
      );
      for (const sku of group) items.set(sku, read.get(sku) ?? null);
    } else if (result.kind === 'refused' && result.status === 404) for (const sku of group) items.set(sku, null);
    else account = verdictOf(result);
  }

  allDone(await runInLanes(groupsOf(skus), { laneOf: ([first = '']) => first, lanes: LANES, window: 1 }, read));
  return { account, items };
}

export const pathOf = ({ sellerId }: AmazonSettings, sku?: string): string =>
  `/listings/2021-08-01/items/${encodeURIComponent(sellerId)}${sku === undefined ? '' : `/${encodeURIComponent(sku)}`}`;

const queryOf = ({ marketplaceIds }: AmazonSettings) =>
  ({ marketplaceIds: marketplaceIds.join(','), includedData: 'summaries,fulfillmentAvailability' }) as const;

/** A SKU with a comma cannot be one of a list that is separated by commas: it is read alone. */
function groupsOf(skus: readonly string[]): readonly (readonly string[])[] {
  const listed = skus.filter((sku) => !sku.includes(','));
  const groups: (readonly string[])[] = skus.filter((sku) => sku.includes(',')).map((sku) => [sku]);
  for (let start = 0; start < listed.length; start += MOST_IDENTIFIERS) groups.push(listed.slice(start, start + MOST_IDENTIFIERS));
  return groups;
}
