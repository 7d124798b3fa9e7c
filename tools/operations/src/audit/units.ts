import type { Api } from '@holdfast/testing';
import type { Acknowledged } from '../load/buyers.js';

/** What the read model says of one SKU over all locations. */
export interface Figures {
  readonly onHand: number;
  readonly reserved: number;
}

/** What callers know of the units. */
export interface KnownUnits {
  /** Units of each SKU that the ERP supplied. */
  readonly supplied: ReadonlyMap<string, number>;
  /** Answers that buyers got. */
  readonly acknowledged: readonly Pick<Acknowledged, 'request' | 'status'>[];
  /** Commits that may have happened. */
  readonly unanswered: readonly Pick<Acknowledged, 'request'>[];
}

const unitsOf = (sold: readonly Pick<Acknowledged, 'request'>[], sku: string): number =>
  sold.flatMap(({ request }) => request.items).reduce((sum, item) => sum + (item.sku === sku ? item.quantity : 0), 0);

/**
 * Compares what the buyers and the ERP were told with what is on hand: supplied minus sold, and nothing reserved.
 * True only when no reservation is open any more.
 */
export function wrongUnits(figures: ReadonlyMap<string, Figures>, known: KnownUnits): readonly string[] {
  const committed = known.acknowledged.filter(({ status }) => status === 'committed');
  return [...known.supplied].flatMap(([sku, units]): readonly string[] => {
    const found = figures.get(sku);
    if (found === undefined) return [`${sku} is not in the inventory`];
    const faults: string[] = [];
    const sold = units - found.onHand;
    const [least, unsure] = [unitsOf(committed, sku), unitsOf(known.unanswered, sku)];
    if (sold < least || sold > least + unsure)
      faults.push(`${sku}: ${units} supplied, ${found.onHand} on hand, but ${least} to ${least + unsure} sold by the answers`);
    if (found.onHand < 0) faults.push(`${sku}: ${-found.onHand} more sold than supplied`);
    if (found.reserved !== 0) faults.push(`${sku}: ${found.reserved} units are still reserved`);
    return faults;
  });
}

/** @throws with the answer when it is none */
export async function readFigures(api: Api, skus: readonly string[]): Promise<ReadonlyMap<string, Figures>> {
  const read = async (sku: string): Promise<[string, Figures]> => {
    const { body } = await api.get(`/api/inventory?productMasterId=${encodeURIComponent(sku)}`);
    const { items = [] } = body as { readonly items?: readonly { readonly quantityOnHand: number; readonly quantityReserved: number }[] };
    const onHand = items.reduce((sum, item) => sum + item.quantityOnHand, 0);
    const reserved = items.reduce((sum, item) => sum + item.quantityReserved, 0);
    if (items.length === 0 || !Number.isInteger(onHand + reserved)) throw new Error(`the inventory of ${sku} is ${JSON.stringify(body)}`);
    return [sku, { onHand, reserved }];
  };
  return new Map(await Promise.all(skus.map(read)));
}
