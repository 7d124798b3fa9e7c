import { Problem, unknownSkus } from '@holdfast/platform';
import type { Pool } from 'pg';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import { byUrgency, isPart, type CountLine } from '@holdfast/warehouse';
import type { AbcMetric } from './abc.dto.js';
import type { AbcClasses, ClassifiedStock } from './abc.js';
import type { CountPosition, CountSelection } from '../count.dto.js';
import { overrideOf, toleranceOf, type BatchTolerance } from './settings.js';
import type { CountSettings } from './settings.dto.js';

const SELECTED = 200;

export interface Wanted {
  readonly lines: readonly CountPosition[];
  readonly select?: CountSelection | undefined;
  /** Of the classes. */
  readonly metric?: AbcMetric | undefined;
  readonly max?: number | undefined;
  readonly tolerance: BatchTolerance;
}

/** Finds the lines of a new batch: those that are named, then those that are selected. */
export class Selection {
  constructor(
    private readonly abc: AbcClasses,
    private readonly ledger: SkuLedger,
    private readonly pool: Pool,
    private readonly locations: KnownLocations,
  ) {}

  /** @throws Problem 404 `unknown_sku`, 409 `nothing_due`, 400 `no_lines` */
  async lines(
    tenant: string,
    locationId: string,
    { lines, select, metric, max = SELECTED, tolerance }: Wanted,
  ): Promise<readonly CountLine[]> {
    const { items, settings, now } = await this.abc.of(tenant, locationId, { metric });
    const named = lines.map(({ sku }) => sku);
    const products = await this.mustKnow(tenant, locationId, lines);
    const known = new Map(items.map((item) => [item.sku, item]));
    const chosen = select === undefined ? [] : this.select(items, select, new Set(named), now);
    const whole: readonly CountPosition[] = chosen.map(({ sku }) => ({ sku }));
    const selected = (select?.binIds === undefined ? whole : await this.inBins(tenant, locationId, whole, select.binIds)).slice(0, max);
    if (select !== undefined && selected.length === 0 && named.length === 0) throw nothing(select.due === true);
    const all = [...lines, ...selected];
    const dates = await this.mustKnow(tenant, locationId, selected.filter(isPart));
    return all.map((line, place) => {
      const product = products.get(line.sku) ?? dates.get(line.sku);
      return lineOf(settings, String(place + 1), line, { item: known.get(line.sku), product }, tolerance);
    });
  }

  /** The line of a SKU that was found. @throws Problem 404 `unknown_sku` */
  async added(tenant: string, locationId: string, { sku, lotId, binId }: CountPosition): Promise<CountLine> {
    const named = { sku, ...(lotId === undefined ? {} : { lotId }), ...(binId === undefined ? {} : { binId }) };
    const [line] = await this.lines(tenant, locationId, { lines: [named], tolerance: {} });
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

  /** What lies in the bins, of the SKUs that are chosen. */
  private async inBins(
    tenant: string,
    locationId: string,
    chosen: readonly CountPosition[],
    binIds: readonly string[],
  ): Promise<readonly CountPosition[]> {
    const values = [tenant, locationId, binIds, chosen.map(({ sku }) => sku)];
    const { rows } = await this.pool.query<{ sku: string; lotId: string; binId: string }>(IN_BINS, values);
    return rows.map(({ sku, lotId, binId }) => ({ sku, binId, ...(lotId === '' ? {} : { lotId }) }));
  }

  /** @throws Problem 404 `unknown_sku`, `unknown_bin` */
  private async mustKnow(tenant: string, locationId: string, lines: readonly CountPosition[]): Promise<ReadonlyMap<string, KnownProduct>> {
    const found = await Promise.all(
      [...new Set(lines.map(({ sku }) => sku))].map(async (sku) => {
        const { state } = await this.ledger.read({ tenant, sku });
        const dates = new Map([...(state.detail?.lots?.lots ?? [])].map(([lotId, { expiryDate }]) => [lotId, expiryDate]));
        return [sku, { known: state.known, costMinor: state.description.costMinor, dates }] as const;
      }),
    );
    const unknown = found.filter(([, { known }]) => !known).map(([sku]) => sku);
    if (unknown.length > 0) throw unknownSkus(unknown);
    await this.mustKnowBins(tenant, locationId, lines);
    return new Map(found);
  }

  private async mustKnowBins(tenant: string, locationId: string, lines: readonly CountPosition[]): Promise<void> {
    const named = lines.flatMap(({ binId }) => binId ?? []);
    if (named.length === 0) return;
    // Where no bins are set up, whatever people call one is one.
    const bins = new Set((await this.locations.find(tenant, locationId))?.bins?.map(({ binId }) => binId));
    if (bins.size === 0) return;
    const unknown = named.find((binId) => !bins.has(binId));
    if (unknown === undefined) return;
    throw new Problem(404, 'unknown_bin', 'The location has no such bin', { details: [{ field: 'binId', locationId, binId: unknown }] });
  }
}

const IN_BINS = `
  SELECT sku, lot_id AS "lotId", bin_id AS "binId" FROM workflow.bin_content
   WHERE tenant = $1 AND location_id = $2 AND bin_id = ANY ($3) AND sku = ANY ($4) AND units <> 0 ORDER BY bin_id, sku, lot_id`;

/** What a line takes from the SKU. */
interface KnownProduct {
  readonly costMinor: number | undefined;
  /** Of its lots. */
  readonly dates: ReadonlyMap<string, string | undefined>;
}

export const nothing = (due: boolean): Problem =>
  due
    ? new Problem(409, 'nothing_due', 'Nothing at this location is due to be counted')
    : new Problem(400, 'no_lines', 'Nothing at this location matches the selection');

/** A SKU without stock at the location is in class C, unless a person set another. */
function lineOf(
  settings: CountSettings,
  lineId: string,
  { sku, lotId, binId }: CountPosition,
  { item, product }: { readonly item: ClassifiedStock | undefined; readonly product: KnownProduct | undefined },
  tolerance: BatchTolerance,
): CountLine {
  const abcClass = item?.class ?? overrideOf(settings, sku) ?? 'C';
  const costMinor = product?.costMinor ?? item?.costMinor ?? undefined;
  const expiryDate = lotId === undefined ? undefined : product?.dates.get(lotId);
  return {
    lineId,
    sku,
    ...(lotId === undefined ? {} : { lotId }),
    ...(binId === undefined ? {} : { binId }),
    ...(expiryDate === undefined ? {} : { expiryDate }),
    class: abcClass,
    ...toleranceOf(settings, sku, abcClass, tolerance),
    ...(costMinor === undefined ? {} : { costMinor }),
  };
}
