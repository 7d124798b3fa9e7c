/** Which way a reason may move the stock on hand. `zero-sum`: units change place, lot or bin and the sum stays. */
export type ReasonDirection = 'in' | 'out' | 'both' | 'zero-sum';

/** Why stock was corrected. */
export interface ReasonCode {
  readonly code: string;
  readonly name: string;
  readonly direction: ReasonDirection;
  /** Whether its units count as use, so as cost of goods sold: `minus` for units that come back, `signed` for both. */
  readonly use: 'no' | 'plus' | 'minus' | 'signed';
  /** Whether a text must say more. */
  readonly requiresReason: boolean;
}

const reason = (
  code: string,
  name: string,
  direction: ReasonDirection,
  more: Partial<Pick<ReasonCode, 'use' | 'requiresReason'>> = {},
): ReasonCode => ({
  code,
  name,
  direction,
  use: 'no',
  requiresReason: false,
  ...more,
});

/** The codes that every tenant has. */
export const SYSTEM_REASON_CODES: readonly ReasonCode[] = [
  reason('count', 'Counted', 'both'),
  reason('recount', 'Counted again', 'both'),
  reason('correction', 'Correction', 'both', { requiresReason: true }),
  reason('data_entry_error', 'Data entry error', 'both', { requiresReason: true }),
  reason('other', 'Other', 'both', { requiresReason: true }),
  reason('found', 'Found', 'in'),
  reason('return_customer', 'Returned by a customer', 'in', { use: 'minus' }),
  reason('over_receipt', 'More received than ordered', 'in'),
  reason('damage', 'Damaged', 'out'),
  reason('missing', 'Missing', 'out', { requiresReason: true }),
  reason('theft', 'Stolen', 'out', { requiresReason: true }),
  reason('scrap', 'Scrapped', 'out'),
  reason('return_supplier', 'Returned to the supplier', 'out'),
  reason('sample', 'Sample', 'out', { use: 'plus' }),
  reason('consumed', 'Consumed', 'out', { use: 'plus' }),
  reason('expired', 'Expired', 'out'),
  reason('expired_consumed', 'Consumed after expiry', 'out'),
  reason('destroyed', 'Destroyed', 'out'),
  reason('short_receipt', 'Less received than shipped', 'out'),
  reason('lot_correction', 'Lot corrected', 'zero-sum'),
  reason('wrong_lot_picked', 'Wrong lot picked', 'zero-sum'),
  reason('bin_correction', 'Bin corrected', 'zero-sum'),
];

const byCode: ReadonlyMap<string, ReasonCode> = new Map(SYSTEM_REASON_CODES.map((each) => [each.code, each]));

/** The reason of a code; undefined for a code that nobody has. */
export const findReason = (code: string): ReasonCode | undefined => byCode.get(code);

/** What is wrong with a change for a reason. */
export type ReasonFault = 'reason_direction' | 'reason_required';

/**
 * @param delta units by which on hand changes; 0 for a change within a location
 * @param text what the person wrote
 */
export function reasonFault({ direction, requiresReason }: ReasonCode, delta: number, text: string | undefined): ReasonFault | undefined {
  const isAllowed = direction === 'zero-sum' ? delta === 0 : direction === 'both' || (direction === 'in' ? delta > 0 : delta < 0);
  if (!isAllowed) return 'reason_direction';
  return requiresReason && (text ?? '').trim() === '' ? 'reason_required' : undefined;
}
