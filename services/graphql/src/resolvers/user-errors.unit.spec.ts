import { Refused } from '../rest/refused.js';
import { userErrorsOf, withUserErrors } from './user-errors.js';

const refused = (status: number, code: string, details: readonly object[] = []): Refused =>
  Refused.of(status, { error: 'the whole', code, details });
const toSku = (): readonly string[] => ['input', 'sku'];

describe('what a route refused', () => {
  it.each([
    [
      'by a field',
      refused(400, 'validation_failed', [{ field: 'adjustments[1].delta', message: 'must be whole' }]),
      {},
      ['input', 'adjustments', '1', 'delta'],
      'must be whole',
    ],
    ['by the path', refused(400, 'validation_failed', [{ field: 'path', message: 'is no id' }]), {}, ['input', 'sku'], 'is no id'],
    ['as a whole', refused(409, 'order_held'), {}, ['input', 'sku'], 'the whole'],
    ['for its key', refused(422, 'idempotency_key_reused'), {}, ['input', 'idempotencyKey'], 'the whole'],
    [
      'by a short line',
      refused(409, 'insufficient_stock', [{ sku: 'B', requested: 3, available: 1 }]),
      { items: [{ sku: 'A' }, { sku: 'B' }] },
      ['input', 'items', '1', 'quantity'],
      'B: 3 requested, 1 available',
    ],
    [
      'by an unknown SKU',
      refused(404, 'unknown_sku', [{ sku: 'B' }]),
      { lines: [{ sku: 'B' }] },
      ['input', 'lines', '0', 'sku'],
      'the whole',
    ],
  ])('%s is a user error with the path of its field', (_, error, input, field, message) =>
    expect(userErrorsOf(error, input, toSku)).toEqual([{ field, message, code: error.code }]),
  );

  it.each([401, 403, 412, 413, 429, 500, 503])('with %i is no user error', async (status) => {
    const error = refused(status, 'x');
    await expect(withUserErrors({}, toSku, () => Promise.reject(error))).rejects.toBe(error);
  });

  it('is told though the answer is not in our shape', () =>
    expect(Refused.of(502, undefined)).toMatchObject({ status: 502, code: 'internal_error', details: [] }));
});
