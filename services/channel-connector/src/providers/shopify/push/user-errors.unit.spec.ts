import { indexOf, meaningOf } from './user-errors.js';

describe('a user error', () => {
  it.each([
    ['CHANGE_FROM_QUANTITY_STALE', 'stale'],
    ['ITEM_NOT_STOCKED_AT_LOCATION', 'not_stocked'],
    ['NON_MUTABLE_INVENTORY_ITEM', 'permanent'],
    ['IDEMPOTENCY_CONCURRENT_REQUEST', 'wait'],
    ['IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED', 'new_key'],
    ['INVALID_REASON', 'request'],
    ['A_CODE_OF_A_LATER_VERSION', 'retry'],
    [null, 'retry'],
  ])('%s means %s', (code, meaning) => expect(meaningOf({ code })).toBe(meaning));

  it('names the quantity by its index', () => {
    expect(indexOf({ field: ['input', 'quantities', '12', 'locationId'] })).toBe(12);
    expect(indexOf({ field: ['input', 'quantities'] })).toBeUndefined();
    expect(indexOf({ field: ['input', 'reason'] })).toBeUndefined();
    expect(indexOf({ field: null })).toBeUndefined();
  });
});
