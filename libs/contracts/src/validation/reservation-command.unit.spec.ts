import { messageSamples } from '../../test/message-samples.js';
import { cloudEvent } from '../envelope.js';
import { reservationCommands } from './reservation-command.js';

const message = (type: string, data: object, envelope: object = {}): string =>
  JSON.stringify({ ...cloudEvent({ id: 'c-1', source: 'urn:shop', type, at: 0, tenant: 'demo', data }), ...envelope });

const reserve = (data: object): string =>
  message('holdfast.reservation.reserve.v1', { orderId: 'o-1', items: [{ sku: 'TEE-1', quantity: 1 }], ...data });

const reading = (json: string | null): string => {
  const read = reservationCommands.parse(json);
  return read.ok ? `accepted ${JSON.stringify(read.message.data)}` : `${read.code}: ${read.message}`;
};

describe('reading a command of the topic', () => {
  it.each(['reserve', 'commit', 'release', 'extend'].map((kind) => `holdfast.reservation.${kind}.v1`))('accepts %s', (type) => {
    expect(reading(message(type, messageSamples[type] ?? {}))).toContain('accepted');
  });

  it('trims blanks around texts, however deep they lie', () =>
    expect(reading(reserve({ orderId: ' o-1 ', items: [{ sku: ' TEE-1', quantity: 1 }] }))).toBe(
      'accepted {"orderId":"o-1","items":[{"sku":"TEE-1","quantity":1}]}',
    ));

  it.each([
    ['no body', null, 'not_json: the message has no body'],
    ['no JSON', '{', 'not_json: the message is not JSON'],
    [
      'a result',
      message('holdfast.reservation.result.v1', {}),
      'unknown_message_type: type must be one of holdfast.reservation.reserve.v1',
    ],
    ['no lines', reserve({ items: [] }), 'schema_violation: data.items must NOT have fewer than 1 items'],
    ['no units', reserve({ items: [{ sku: 'TEE-1', quantity: 0 }] }), 'schema_violation: data.items.0.quantity must be at least 1'],
    [
      'a tenant with a dot',
      message('holdfast.reservation.release.v1', { reservationId: 'r' }, { tenant: 'demo.eu' }),
      'tenant must be 1 to 63',
    ],
    ['a reservation with NUL', message('holdfast.reservation.release.v1', { reservationId: 'r\0' }), 'data.reservationId must not hold'],
    ['a text with NUL', reserve({ destination: { postalCode: '1\0' } }), 'data.destination.postalCode must not hold the character NUL'],
    ['a SKU that a spreadsheet changed', reserve({ items: [{ sku: '4E+12', quantity: 1 }] }), 'data.items.0.sku is a number that'],
    ['a location that is a step of a path', reserve({ locationId: '..' }), 'data.locationId must not be . or ..'],
    ['an order that is a step of a path', reserve({ orderId: '.' }), 'data.orderId must not be . or ..'],
    ['a misspelt field', reserve({ orderID: 'o-1' }), 'schema_violation: data.orderID is not a field of this message'],
    ['a day and a second', reserve({ ttl: 86_401 }), 'schema_violation: data.ttl must be at most 86400'],
    ['a country in words', reserve({ destination: { country: 'Germany' } }), 'data.destination.country must match ^[A-Z]{2}$'],
    ['a commit of nothing', message('holdfast.reservation.commit.v1', {}), 'schema_violation: data.reservationId is required'],
    ['an extension without end', message('holdfast.reservation.extend.v1', { reservationId: 'r' }), 'data.ttl is required'],
    ['no id', message('holdfast.reservation.release.v1', { reservationId: 'r' }, { id: undefined }), 'schema_violation: id is required'],
  ])('refuses %s and says what would be right', (_, json, expected) => expect(reading(json)).toContain(expected));

  it('hands over what came, so that its sender can be told', () => {
    const read = reservationCommands.parse(reserve({ items: [] }));
    expect(read.ok ? undefined : read.value).toMatchObject({ id: 'c-1', source: 'urn:shop', tenant: 'demo' });
  });
});
