import { ApiError, ConnectionError } from '@holdfast/client';
import { faultsOf, sentenceOf } from './faults.js';

const failed = { operation: 'stock.record', idempotencyKey: undefined, attempts: 1 };
const refused = (code: string, details: readonly Record<string, unknown>[]): ApiError =>
  new ApiError(
    { status: 400, code, message: `400 ${code}: The request body has a fault`, details, requestId: 'r1', retryAfterMs: undefined },
    failed,
  );

describe('faults of a form', () => {
  it('stand beside their fields', () => {
    const error = refused('validation_failed', [
      { field: 'items[0].quantity', message: 'must be a whole number' },
      { field: 'orderId', message: 'is required' },
    ]);
    expect(faultsOf(error, ['quantity', 'orderId'])).toEqual({ quantity: 'must be a whole number', orderId: 'is required' });
  });

  it('of a line stand beside the field of that line', () => {
    const error = refused('validation_failed', [{ field: 'lines[3].sku', message: 'is required' }]);
    expect(faultsOf(error, ['lines[].sku', 'lines[].quantity'])).toEqual({ 'lines[3].sku': 'is required' });
  });

  it('of no field shown are a sentence for people', () => {
    expect(faultsOf(refused('insufficient_stock', [{ sku: 'TEE', available: 1 }]), ['quantity'])).toEqual({
      '': 'The request body has a fault',
    });
    expect(faultsOf(new ConnectionError('no answer', failed), ['quantity'])).toEqual({ '': 'no answer' });
    expect(faultsOf(null, ['quantity'])).toEqual({});
  });

  it('leave status and code out of the sentence', () => expect(sentenceOf(refused('x', []))).toBe('The request body has a fault'));
});
