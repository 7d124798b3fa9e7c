import { incoming, level, onTopic } from '../../test/messages.js';
import { readLetter, tenantOf } from './read-letter.js';
import { mended } from './replay.js';

const letter = {
  topic: 'erp.stock.v1',
  partition: 3,
  offset: '17',
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
