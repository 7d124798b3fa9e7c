import { decideStockAlert, effectiveThreshold, initialStockTelling, stockLevel, type EffectiveThreshold } from '@holdfast/warehouse';
import type { PoolClient } from 'pg';
import type { AlertChange } from './alert-message.js';
import {
  changeSubjects,
  keepRules,
  lockSubjects,
  totalsOf,
  type SubjectChange,
  type SubjectKey,
  type SubjectRow,
  type Total,
} from './level-rows.js';

/** Compares the stock of SKUs with their thresholds and stores what is told of them. @returns the alerts to send now */
export async function weigh(client: PoolClient, touched: readonly SubjectKey[], now: number): Promise<readonly AlertChange[]> {
  if (touched.length === 0) return [];
  const keys = [...new Map(touched.map((key) => [keyOf(key), key])).values()];
  await keepRules(
    client,
    keys.map(({ tenant }) => tenant),
  );
  const rows = await lockSubjects(client, keys);
  const totals = new Map((await totalsOf(client, rows)).map((total) => [keyOf(total), total]));
  const decided = rows.flatMap((row) => {
    const total = totals.get(keyOf(row));
    return total === undefined ? [] : decide(row, total, now);
  });
  if (decided.length > 0)
    await changeSubjects(
      client,
      decided.map(({ change }) => change),
    );
  return decided.flatMap(({ told }) => (told === undefined ? [] : [told]));
}

interface Decided {
  readonly change: SubjectChange;
  readonly told: AlertChange | undefined;
}

function decide(row: SubjectRow, { available, at }: Total, now: number): readonly Decided[] {
  const { tenant, sku, locationId, level: before, telling, changes } = row;
  const effective = thresholdOf(row);
  const key = { tenant, sku, locationId };
  // No rule covers the location any more: there is nothing to compare with, and nothing to tell.
  if (effective === undefined)
    return before === 'ok' && telling === null
      ? []
      : [{ change: { ...key, level: 'ok', telling: null, dueAt: null, changes, at }, told: undefined }];

  const { threshold, ruleId } = effective;
  const level = stockLevel(available, threshold);
  const known = telling ?? initialStockTelling();
  const { telling: after, told, dueAt = null } = decideStockAlert(known, { available, threshold, now });
  if (level === before && told === undefined && JSON.stringify(known) === JSON.stringify(after)) return [];
  const count = changes + (told === undefined ? 0 : 1);
  const change = { ...key, level, telling: after.toldLevel === 'ok' ? null : after, dueAt, changes: count, at };
  if (told === undefined) return [{ change, told }];
  const { kind, suppressed } = told;
  const alert = {
    kind,
    sku,
    ...(locationId === '' ? {} : { locationId }),
    available,
    threshold,
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(kind === 'recovered' ? { recoveredFrom: 'low_stock' as const } : {}),
    ...(suppressed === 0 ? {} : { suppressed }),
  };
  return [{ change, told: { tenant, alert, about: [...(locationId === '' ? [] : [locationId, 'level']), count], at } }];
}

const thresholdOf = ({ locationId, productThreshold, ruleId, ruleThreshold, ruleIsForSku }: SubjectRow): EffectiveThreshold | undefined =>
  effectiveThreshold(
    ruleId === null ? undefined : { ruleId, threshold: ruleThreshold ?? 0, forSku: ruleIsForSku === true },
    productThreshold ?? undefined,
    locationId !== '',
  );

const keyOf = ({ tenant, sku, locationId }: SubjectKey): string => JSON.stringify([tenant, sku, locationId]);
