import type { BodyOf } from '@holdfast/client';
import type { RequestLine, StockRequest } from './status.js';

/** A step that a person takes with a request. */
export type Step =
  | { readonly kind: 'submit' }
  | { readonly kind: 'back'; readonly body: NonNullable<BodyOf<'stockRequests.rollback'>> }
  | { readonly kind: 'approve'; readonly body: NonNullable<BodyOf<'stockRequests.approve'>> }
  | { readonly kind: 'reject'; readonly body: NonNullable<BodyOf<'stockRequests.reject'>> }
  | { readonly kind: 'status'; readonly body: BodyOf<'stockRequests.changeStatus'> };

type Figures = Pick<RequestLine, 'quantityApproved' | 'quantityReserved' | 'quantityWaiting' | 'quantityShipped' | 'quantityCancelled'>;

/** Whether the last step may be taken back: there was one, and nothing left since. */
export const mayGoBack = ({ status, shipments }: Pick<StockRequest, 'status' | 'shipments'>): boolean =>
  ['submitted', 'approved', 'rejected', 'fulfilling'].includes(status) && shipments.length === 0;

/** Units of approved lines that may be shipped now, and those that are open with nothing kept for them. */
export function openUnits(lines: readonly Figures[]): { readonly reserved: number; readonly missing: number } {
  const sum = (of: (line: Figures) => number): number => lines.reduce((units, line) => units + of(line), 0);
  return {
    reserved: sum(({ quantityReserved }) => quantityReserved),
    missing: sum((line) =>
      Math.max(0, line.quantityApproved - line.quantityShipped - line.quantityCancelled - line.quantityReserved - line.quantityWaiting),
    ),
  };
}
