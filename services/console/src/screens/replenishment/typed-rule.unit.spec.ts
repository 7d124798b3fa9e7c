import type { Rule } from './status.js';
import { ruleOf, typedOf } from './typed-rule.js';

const rule: Rule = {
  ...({ sku: 'CUP', locationId: 'BER', method: 'min_max', mode: 'auto', min: 5, max: 20, reorderPoint: null, orderUpTo: null } as const),
  ...{ leadTimeDays: 2, leadTimeStdDays: 0.5, serviceLevel: 0.98, packSize: 6, minOrderQuantity: 12, maxOrderQuantity: null },
  ...{ safetyStock: null, reviewPeriodDays: null, nextReviewAt: null, source: { type: 'transfer', locationId: 'HUB' } },
  computed: { dailyUse: null, safetyStock: null, reorderPoint: null, orderUpTo: null, daysOfData: 0, daysWithoutStock: 0 },
};

describe('a rule as it is typed', () => {
  it('keeps what the form does not show', () => {
    const { computed: _, nextReviewAt: __, ...sent } = rule;
    expect(ruleOf(typedOf(rule), ['min', 'max', 'leadTimeDays', 'packSize'], rule)).toEqual(sent);
  });

  it('leaves to daily use what is empty', () => {
    const typed = { ...typedOf(undefined), sku: ' CUP ', locationId: 'BER', method: 'reorder_point', sourceLocationId: 'HUB' } as const;
    expect(ruleOf(typed, ['reorderPoint', 'orderUpTo', 'leadTimeDays', 'packSize'], undefined)).toEqual({
      ...{ sku: 'CUP', locationId: 'BER', method: 'reorder_point', mode: 'approve', reorderPoint: null, orderUpTo: null },
      source: { type: 'transfer', locationId: 'HUB' },
    });
  });
});
