export interface UserError {
  readonly code?: string | null;
  readonly field?: readonly string[] | null;
  readonly message?: string;
}

/** What a user error of `inventorySetQuantities` means for the quantity that it names, or for the whole call. */
export type Meaning =
  /** Another figure is there than the one compared with. */
  | 'stale'
  /** The place does not stock the item: it has to be activated. */
  | 'not_stocked'
  /** The shop will not take it as it is. */
  | 'permanent'
  /** A first call with the same key still runs. */
  | 'wait'
  /** The key was used up by a failure, or for other content. */
  | 'new_key'
  /** Our request is at fault, whatever the listings. */
  | 'request'
  | 'retry';

const MEANINGS: Readonly<Record<string, Meaning>> = {
  CHANGE_FROM_QUANTITY_STALE: 'stale',
  COMPARE_QUANTITY_STALE: 'stale',
  ITEM_NOT_STOCKED_AT_LOCATION: 'not_stocked',
  INVALID_INVENTORY_ITEM: 'permanent',
  INVALID_LOCATION: 'permanent',
  NON_MUTABLE_INVENTORY_ITEM: 'permanent',
  NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR: 'permanent',
  INVALID_QUANTITY_NEGATIVE: 'permanent',
  INVALID_QUANTITY_TOO_HIGH: 'permanent',
  INVALID_QUANTITY_TOO_LOW: 'permanent',
  IDEMPOTENCY_CONCURRENT_REQUEST: 'wait',
  IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED: 'new_key',
  IDEMPOTENCY_KEY_PARAMETER_MISMATCH: 'new_key',
  INVALID_NAME: 'request',
  INVALID_REASON: 'request',
  INVALID_REFERENCE_DOCUMENT: 'request',
};

export const meaningOf = ({ code }: UserError): Meaning => MEANINGS[code ?? ''] ?? 'retry';

/** Position in `quantities` of what the error is about; undefined where it is about the whole call. */
export function indexOf({ field }: UserError): number | undefined {
  const at = field?.indexOf('quantities') ?? -1;
  const index = at < 0 ? undefined : field?.[at + 1];
  return index !== undefined && /^\d+$/.test(index) ? Number(index) : undefined;
}
