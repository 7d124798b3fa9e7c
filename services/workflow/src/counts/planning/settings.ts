import type { Pool } from 'pg';
import { DEFAULT_COUNTS_PER_YEAR, DEFAULT_TOLERANCE_PCT, type AbcClass, type CountLine } from '@holdfast/warehouse';
import type { CountSettings } from './settings.dto.js';

const HOUR_MS = 3_600_000;
const PICK_WINDOW_HOURS = 24;

const READ = 'SELECT settings FROM workflow.count_setting WHERE tenant = $1';
const STORE = `
  INSERT INTO workflow.count_setting (tenant, settings, updated_by, updated_at) VALUES ($1, $2, $3, now())
  ON CONFLICT (tenant) DO UPDATE SET settings = excluded.settings, updated_by = excluded.updated_by, updated_at = excluded.updated_at`;

/** What a tenant has set about counting. A batch keeps what was in force when it was made. */
export class CountSettingsTable {
  constructor(private readonly pool: Pool) {}

  async read(tenant: string): Promise<CountSettings> {
    const { rows } = await this.pool.query<{ settings: CountSettings }>(READ, [tenant]);
    return rows[0]?.settings ?? {};
  }

  async put(tenant: string, settings: CountSettings, by: string): Promise<CountSettings> {
    await this.pool.query(STORE, [tenant, JSON.stringify(settings), by]);
    return settings;
  }
}

export const pickWindowMs = ({ pickWindowHours = PICK_WINDOW_HOURS }: CountSettings): number => pickWindowHours * HOUR_MS;

export const overrideOf = ({ skus = [] }: CountSettings, sku: string): AbcClass | undefined => skus.find((each) => each.sku === sku)?.class;

export const countsPerYear = ({ classes = [] }: CountSettings): Readonly<Record<AbcClass, number>> => ({
  ...DEFAULT_COUNTS_PER_YEAR,
  ...Object.fromEntries(classes.flatMap((each) => (each.countsPerYear === undefined ? [] : [[each.class, each.countsPerYear]]))),
});

export interface BatchTolerance {
  readonly tolerancePct?: number;
  readonly valueLimit?: number;
}

/**
 * The tolerance of a SKU: its own, else that of its class, else the default of the class, or that of the batch where it is narrower: a wider
 * one would let who makes a batch accept what they counted alone.
 */
export function toleranceOf(
  { skus = [], classes = [] }: CountSettings,
  sku: string,
  abcClass: AbcClass,
  batch: BatchTolerance = {},
): Pick<CountLine, 'tolerancePct' | 'valueLimitMinor'> {
  const levels = [skus.find((each) => each.sku === sku), classes.find((each) => each.class === abcClass)];
  const tolerancePct = levels.map((each) => each?.tolerancePct).find((each) => each !== undefined);
  const valueLimit = [...levels, batch].map((each) => each?.valueLimit).find((each) => each !== undefined);
  const ofClass = DEFAULT_TOLERANCE_PCT[abcClass];
  return {
    tolerancePct: tolerancePct ?? Math.min(ofClass, batch.tolerancePct ?? ofClass),
    ...(valueLimit === undefined ? {} : { valueLimitMinor: Math.round(valueLimit * 100) }),
  };
}

/** What stands for units that nobody stated, where the location says it once for all. */
export function soldGoodsStated(
  { locations = [] }: CountSettings,
  locationId: string,
  { reservedUnits, unpickedUnits }: { readonly reservedUnits: number; readonly unpickedUnits: number },
  quantity: number,
): { readonly pickedUnits?: number; readonly awaitingPickUnits?: number } {
  const counted = locations.find((each) => each.locationId === locationId)?.soldGoodsCounted ?? 'ask';
  if (counted === 'ask') return {};
  return counted === 'included'
    ? { pickedUnits: 0, awaitingPickUnits: Math.min(unpickedUnits, quantity) }
    : { pickedUnits: reservedUnits, awaitingPickUnits: 0 };
}
