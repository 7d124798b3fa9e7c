import { IsOneOf, IsSku, PageQuery } from '@holdfast/platform';

export const SEVERITIES = ['LOW', 'CRITICAL'] as const;
/** LOW: below the threshold. CRITICAL: nothing left. */
export type AlertSeverity = (typeof SEVERITIES)[number];

export class LowStockQuery extends PageQuery {
  @IsOneOf(SEVERITIES, { optional: true })
  readonly severity?: AlertSeverity;

  @IsSku({ optional: true })
  readonly sku?: string;
}
