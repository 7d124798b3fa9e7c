import { level, NOON, receipt } from '../../test/messages.js';
import { checkMessage } from './check-message.js';

const check = (value: unknown) => checkMessage(value, NOON);

describe('checking a message that came over HTTP', () => {
  it('takes a valid one', () => expect(check(level('m1'))).toEqual({ kind: 'valid', message: level('m1') }));

  it.each([
    ['text', 'schema_violation', 'must be a JSON object'],
    [{ ...level('m1'), type: 'count' }, 'unknown_message_type', 'type must be one of level, receipt, issue'],
    [{ ...level('m1'), quantity: 0.5 }, 'schema_violation', 'quantity must be a whole number'],
    [{ ...level('m1'), sku: '' }, 'schema_violation', 'sku must not be empty'],
    [receipt('m1', { quantity: -1 }), 'schema_violation', 'quantity must be at least 1'],
    [receipt('m1', { postedAt: '2027-01-01T00:00:00Z' }), 'time_in_future', 'postedAt lies more than a day'],
  ])('refuses %j', (value, code, message) =>
    expect(check(value)).toMatchObject({ kind: 'faulty', reason: { code, message: expect.stringContaining(message) as unknown } }),
  );
});
