import { incoming, level, onTopic } from '../../test/messages.js';
import { letterId, readLetter, tenantOf } from './read-letter.js';
import { mended } from './replay.js';

const letter = {
  topic: 'erp.stock.v1',
  partition: 3,
  offset: '17',
  timestamp: 1_700_000_000_000,
  key: 'acme|TEE',
  value: onTopic('acme', level('m1')).value,
  reason: { code: 'unknown_connection', message: 'create it' },
};

describe('reading a dead letter', () => {
  it('reads what the bus wrote', () => expect(readLetter(incoming('acme|TEE', JSON.stringify(letter)))).toEqual(letter));

  it('keeps what is no dead letter', () =>
    expect(readLetter(incoming('k', 'oops'))).toMatchObject({ key: 'k', value: 'oops', reason: { code: 'unreadable' } }));

  it('belongs to the tenant that its message names, else to that of its key, else to nobody', () => {
    expect(tenantOf({ ...letter, key: 'other|TEE' })).toBe('acme');
    expect(tenantOf({ ...letter, value: 'oops' })).toBe('acme');
    expect(tenantOf({ ...letter, value: null, key: 'oops' })).toBe('');
  });
});

describe('the id of a dead letter', () => {
  it('is the same for the same message of the topic, whatever the reason', () =>
    expect(letterId({ ...letter, reason: { code: 'handler_failed', message: 'later' } })).toBe(letterId(letter)));

  it('is another for a message that came later to the same place of a topic that was made anew', () =>
    expect(letterId({ ...letter, timestamp: letter.timestamp + 1 })).not.toBe(letterId(letter)));
});

describe('mending a dead letter', () => {
  it('sets fields and takes fields away', () =>
    expect(mended(letter, { connectionId: 'sap-eu', asOf: null })).toEqual({
      type: 'level',
      messageId: 'm1',
      connectionId: 'sap-eu',
      warehouseId: '0001',
      sku: 'TEE',
      quantity: 10,
    }));

  it('makes one anew of a letter that was no JSON', () => expect(mended({ value: 'oops' }, { ...level('m2') })).toEqual(level('m2')));
});
