import { printable, shortened } from '../../../calls/answers.js';
import type { VendorAnswer } from '../../tools.js';

/** Status and beginning of an answer, for people. */
export function faultOf({ status, body }: Extract<VendorAnswer, { readonly kind: 'answered' }>): string {
  const said = printable(body.toString('utf8', 0, 2_000));
  return shortened(`Shopify answered ${String(status)}${said === '' ? '' : `: ${said}`}`);
}
