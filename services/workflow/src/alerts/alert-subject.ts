import type { AnyAlert } from './alert-intake.js';
import type { AlertType } from './alert-list.dto.js';

/** Types that tell an end; an alert of these calls for nobody. */
export const ENDS: readonly AlertType[] = ['recovered', 'back_in_stock', 'sync_recovered', 'drift_recovered', 'erp_recovered'];

/** The alert that tells the end of a type, where that has a name of its own. */
const END_OF: Readonly<Partial<Record<AlertType, readonly AlertType[]>>> = {
  stock_out: ['back_in_stock'],
  sync_failing: ['sync_recovered'],
  drift: ['drift_recovered'],
  erp_silent: ['erp_recovered'],
};

/** The type with the one that ends it: who does not want to hear of the one does not want to hear of the other. */
export const withItsEnd = (type: AlertType): readonly AlertType[] => [type, ...(END_OF[type] ?? [])];

/** The same for all alerts that tell of one matter: its begin, how it goes on, and its end. */
export function subjectKeyOf({ data }: AnyAlert): string {
  const figures: Readonly<Record<string, unknown>> = { ...data };
  const about = ['sku', 'locationId', 'channelId', 'connectionId', 'orderId', 'lotId', 'documentId', 'ruleId'].map(
    (name) => figures[name] ?? null,
  );
  return JSON.stringify([matterOf(data.kind, figures['recoveredFrom']), ...about]);
}

function matterOf(kind: AlertType, recoveredFrom: unknown): string {
  const of = kind === 'recovered' ? String(recoveredFrom ?? 'low_stock') : kind;
  switch (of) {
    case 'stock_out':
    case 'back_in_stock':
      return 'low_stock';
    case 'promise_uncovered':
      return 'oversell_risk';
    default:
      return of.replace('_recovered', '').replace('_failing', '').replace('_silent', '');
  }
}
