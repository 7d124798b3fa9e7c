import { Problem, unknownSkus } from '@holdfast/platform';
import type { SkuLedger } from '@holdfast/ledger';
import { byUrgency, type CountLine } from '@holdfast/warehouse';
import type { AbcMetric } from './abc.dto.js';
import type { AbcClasses, ClassifiedStock } from './abc.js';
import type { CountPositionRequest, CountSelection } from '../count.dto.js';
import { overrideOf, toleranceOf, type BatchTolerance } from './settings.js';
import type { CountSettings } from './settings.dto.js';

const SELECTED = 200;

export interface Wanted {
  readonly lines: readonly CountPositionRequest[];
  readonly select?: CountSelection | undefined;
  /** Of the classes. */
  readonly metric?: AbcMetric | undefined;
  readonly max?: number | undefined;
  readonly tolerance: BatchTolerance;
}

/** @throws Problem 400 `lots_unavailable` for a lot or a bin */
export function mustBePositions(
  positions: readonly { readonly lotId?: string; readonly binId?: string; readonly binIds?: readonly string[] }[],
): void {
  const field = positions
    .flatMap((position) => Object.entries(position))
    .find(([name, value]) => isOfPosition(name) && value !== undefined);
  if (field === undefined) return;
  throw new Problem(400, 'lots_unavailable', 'Counts are by SKU and location; leave lots and bins out', {
    details: [{ field: field[0], message: 'lots and bins cannot be counted yet' }],
  });
}

const isOfPosition = (name: string): boolean => name === 'lotId' || name === 'binId' || name === 'binIds';

/** Finds the lines of a new batch: those that are named, then those that are selected. */
export class Selection {
  constructor(
    private readonly abc: AbcClasses,
    private readonly ledger: SkuLedger,
  ) {}

  /** @throws Problem 404 `unknown_sku`, 409 `nothing_due`, 400 `no_lines` */
  async lines(
    tenant: string,
    locationId: string,
    { lines, select, metric, max = SELECTED, tolerance }: Wanted,
  ): Promise<readonly CountLine[]> {
    const { items, settings, now } = await this.abc.of(tenant, locationId, { metric });
    const named = lines.map(({ sku }) => sku);
    const costs = await this.mustKnow(tenant, named);
    const known = new Map(items.map((item) => [item.sku, item]));
    const selected = select === undefined ? [] : this.select(items, select, new Set(named), now).slice(0, max);
    if (select !== undefined && selected.length === 0 && named.length === 0) throw nothing(select.due === true);
    return [...named, ...selected.map(({ sku }) => sku)].map((sku, place) =>
      lineOf(settings, String(place + 1), sku, known.get(sku), costs.get(sku), tolerance),
    );
  }

  /** The line of a SKU that was found. @throws Problem 404 `unknown_sku` */
  async added(tenant: string, locationId: string, sku: string): Promise<CountLine> {
    const [line] = await this.lines(tenant, locationId, { lines: [{ sku }], tolerance: {} });
    if (line === undefined) throw unknownSkus([sku]);
    return line;
  }

  private select(items: readonly ClassifiedStock[], { skus, categories, due }: CountSelection, named: ReadonlySet<string>, now: number) {
    const [bySku, byCategory] = [skus && new Set(skus), categories && new Set(categories)];
    return items
      .filter((item) => !item.isBeingCounted && !named.has(item.sku))
      .filter((item) => bySku?.has(item.sku) ?? true)
      .filter((item) => byCategory?.has(item.category ?? '') ?? true)
      .filter((item) => due !== true || item.dueAt <= now)
      .toSorted(byUrgency);
  }

  /** @returns the cost of each, in minor units; undefined for none */
  private async mustKnow(tenant: string, skus: readonly string[]): Promise<ReadonlyMap<string, number | undefined>> {
    const found = await Promise.all(
      skus.map(async (sku) => {
        const { state } = await this.ledger.read({ tenant, sku });
        return { sku, known: state.known, costMinor: state.description.costMinor };
      }),
    );
    const unknown = found.filter(({ known }) => !known).map(({ sku }) => sku);
    if (unknown.length > 0) throw unknownSkus(unknown);
    return new Map(found.map(({ sku, costMinor }) => [sku, costMinor]));
  }
}

export const nothing = (due: boolean): Problem =>
  due
    ? new Problem(409, 'nothing_due', 'Nothing at this location is due to be counted')
    : new Problem(400, 'no_lines', 'Nothing at this location matches the selection');

/** A SKU without stock at the location is in class C, unless a person set another. */
function lineOf(
  settings: CountSettings,
  lineId: string,
  sku: string,
  item: ClassifiedStock | undefined,
  cost: number | undefined,
  tolerance: BatchTolerance,
): CountLine {
  const abcClass = item?.class ?? overrideOf(settings, sku) ?? 'C';
  const costMinor = cost ?? item?.costMinor ?? undefined;
  return {
    lineId,
    sku,
    class: abcClass,
    ...toleranceOf(settings, sku, abcClass, tolerance),
    ...(costMinor === undefined ? {} : { costMinor }),
  };
}
