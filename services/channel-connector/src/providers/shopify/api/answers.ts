import { type VendorAnswer, printable, shortened } from '@holdfast/vendor-http';

/** Status and beginning of an answer, for people. */
export function faultOf({ status, body }: Extract<VendorAnswer, { readonly kind: 'answered' }>): string {
  const said = printable(body.toString('utf8', 0, 2_000));
  return shortened(`Shopify answered ${String(status)}${said === '' ? '' : `: ${said}`}`);
}
