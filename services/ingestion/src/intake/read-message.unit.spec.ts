import { incoming, level, NOON, onTopic, receipt } from '../../test/messages.js';
import { readMessage } from './read-message.js';

const read = (key: string, value: string | null) => readMessage(incoming(key, value), NOON);
const changed = (change: (event: Record<string, unknown>, data: Record<string, unknown>) => void): string => {
  const event = JSON.parse(onTopic('acme', level('m1')).value) as { data: Record<string, unknown> };
  change(event, event.data);
  return JSON.stringify(event);
};

describe('reading a message of the topic', () => {
  it('takes a valid one', () => {
    const { key, value } = onTopic('acme', level('m1'));
    expect(read(key, value)).toMatchObject({ kind: 'entry', entry: { tenant: 'acme', message: level('m1') } });
  });

  it.each([
    [{ expiryDate: '2026-05-31' }, /data\.expiryDate must be left out without a lotId/],
    [{ lotId: 'L1', expiryDate: '2026-02-30' }, /data\.expiryDate must be a calendar day/],
    [{ lotId: 'L1', expiryDate: '31.05.2026' }, /data\.expiryDate/],
  ])('refuses a receipt with %j', (lot, message) => {
    const { key, value } = onTopic('acme', receipt('m1', lot));
    expect(read(key, value)).toMatchObject({
      kind: 'faulty',
      reason: { code: 'schema_violation', message: expect.stringMatching(message) as string },
    });
  });

  it('gives one message the same id and hash however its fields are ordered, and another message another', () => {
    const entry = (data: object) => {
      const event = { ...(JSON.parse(onTopic('acme', level('m1')).value) as object), data };
      return read('acme|TEE', JSON.stringify(event));
    };
    const turned = Object.fromEntries(Object.entries(level('m1')).reverse());
    expect(entry(turned)).toEqual(entry(level('m1')));
    expect(entry(level('m1', { quantity: 11 }))).not.toEqual(entry(level('m1')));
  });

  it.each([
    ['is not JSON', 'acme|TEE', '{"spec', 'not_json', /not JSON/],
    ['has no body', 'acme|TEE', null, 'not_json', /no body/],
    ['is no CloudEvent', 'acme|TEE', '[]', 'schema_violation', /JSON object/],
    [
      'is of another type',
      'acme|TEE',
      changed((event) => (event['type'] = 'com.example.x')),
      'unknown_message_type',
      /type must be one of/,
    ],
    ['lacks a field', 'acme|TEE', changed((_, data) => delete data['sku']), 'schema_violation', /data\.sku is required/],
    ['misspells a field', 'acme|TEE', changed((_, data) => (data['qty'] = 1)), 'schema_violation', /data\.qty is not a field/],
    [
      'has a fraction',
      'acme|TEE',
      changed((_, data) => (data['quantity'] = 1.5)),
      'schema_violation',
      /data\.quantity must be a whole number/,
    ],
    ['has a text for a number', 'acme|TEE', changed((_, data) => (data['quantity'] = '5')), 'schema_violation', /data\.quantity/],
    ['is too large', 'acme|TEE', changed((_, data) => (data['quantity'] = 1e12)), 'schema_violation', /data\.quantity must be at most/],
    ['has no time', 'acme|TEE', changed((_, data) => (data['asOf'] = 'noon')), 'schema_violation', /data\.asOf must be a time/],
    [
      'comes from the future',
      'acme|TEE',
      changed((_, data) => (data['asOf'] = '2026-03-02T12:00:01Z')),
      'time_in_future',
      /data\.asOf lies more than a day/,
    ],
  ])('refuses one that %s and names the field', (_, key, value, code, message) => {
    expect(read(key, value)).toMatchObject({ kind: 'faulty', reason: { code, message: expect.stringMatching(message) as unknown } });
  });

  it('refuses a receipt of less than one unit', () =>
    expect(read('acme|TEE', onTopic('acme', receipt('m1', { quantity: 0 })).value)).toMatchObject({
      kind: 'faulty',
      reason: { message: 'data.quantity must be at least 1' },
    }));

  it('sends one under a key that does not keep the order of its SKU back under the right one', () =>
    expect(read('TEE', onTopic('acme', level('m1')).value)).toEqual({ kind: 'misplaced', key: 'acme|TEE' }));
});
