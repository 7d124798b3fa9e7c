import type { BodyOf } from '@holdfast/client';
import type { Rule } from './status.js';

type SentRule = BodyOf<'replenishment.setRules'>['rules'][number];

export const FIGURES = ['min', 'max', 'reorderPoint', 'orderUpTo', 'reviewPeriodDays', 'leadTimeDays', 'packSize'] as const;
export type Figure = (typeof FIGURES)[number];

/** A rule as it is typed. */
export interface TypedRule {
  readonly sku: string;
  readonly locationId: string | undefined;
  readonly method: Rule['method'];
  readonly mode: Rule['mode'];
  readonly figures: Readonly<Partial<Record<Figure, string>>>;
  readonly sourceType: 'transfer' | 'purchase';
  readonly sourceLocationId: string | undefined;
  readonly supplierId: string;
}

/** What stands in the form at first: the rule that is changed, or the usual one. */
export const typedOf = (rule: Rule | undefined): TypedRule => ({
  sku: rule?.sku ?? '',
  locationId: rule?.locationId,
  method: rule?.method ?? 'min_max',
  mode: rule?.mode ?? 'approve',
  figures: Object.fromEntries(
    FIGURES.map((figure) => [figure, rule?.[figure] ?? null] as const).flatMap(([figure, value]) =>
      value === null ? [] : [[figure, String(value)]],
    ),
  ),
  sourceType: rule?.source.type ?? 'transfer',
  sourceLocationId: rule?.source.locationId,
  supplierId: rule?.source.supplierId ?? '',
});

/**
 * The rule to send. What the form does not show stays as the rule before had it: the new one replaces it whole.
 * @param shown figures of the method; empty ones are left out
 */
export function ruleOf(typed: TypedRule, shown: readonly Figure[], before: Rule | undefined): SentRule {
  const { computed: _, nextReviewAt: __, ...kept } = before ?? { computed: null, nextReviewAt: null };
  const figures = Object.fromEntries(
    shown.flatMap((figure): (readonly [Figure, number | null])[] => {
      const text = typed.figures[figure]?.trim() ?? '';
      if (text !== '') return [[figure, Number(text)]];
      return figure === 'leadTimeDays' || figure === 'packSize' ? [] : [[figure, null]];
    }),
  );
  const source =
    typed.sourceType === 'transfer'
      ? { type: typed.sourceType, locationId: typed.sourceLocationId ?? '' }
      : { type: typed.sourceType, ...(typed.supplierId.trim() === '' ? {} : { supplierId: typed.supplierId.trim() }) };
  return { ...kept, ...figures, sku: typed.sku.trim(), locationId: typed.locationId ?? '', method: typed.method, mode: typed.mode, source };
}
