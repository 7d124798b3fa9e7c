import { routingKey } from './routing-key.js';

const uuid = '0b0e7b3c-5d2c-4f0a-9b1e-0a4c8a6d7e55';
const ofBody = (body: unknown, contentType = 'application/json'): string | undefined =>
  routingKey({ params: {}, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), contentType });
const ofId = (reservationId: string): string | undefined =>
  routingKey({ params: { reservationId }, body: undefined, contentType: undefined });

describe('the key by which a request is routed', () => {
  it('is the SKU of an order of one SKU, however many lines it has', () => {
    const line = { sku: 'A/Ü', quantity: 1 };
    expect(ofBody({ items: [line], orderId: 'o1' })).toBe('sku\nA/Ü');
    expect(ofBody({ items: [line, { ...line, quantity: 2 }], orderId: 'o2' })).toBe('sku\nA/Ü');
  });

  it('is the same SKU for what is done to the reservation later', () => {
    expect(ofId(`rs_${Buffer.from('A/Ü').toString('base64url')}.${uuid}`)).toBe('sku\nA/Ü');
    expect(routingKey({ params: { sku: 'A/Ü' }, body: undefined, contentType: undefined })).toBe('sku\nA/Ü');
  });

  it('is the order for one of several SKUs, and then its reservation', () => {
    const items = [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ];
    expect(ofBody({ items, orderId: 'o1' })).toBe('order\no1');
    expect(ofId(`ro_${uuid}`)).toBe(`order\nro_${uuid}`);
  });

  it.each([
    ['half a document', '{"items":[{"sku":"A"'],
    ['no lines', { items: [], orderId: 7 }],
    ['lines that are none', { items: 'A' }],
    ['a SKU that is no text', { items: [{ sku: 5 }] }],
    ['nothing', 'null'],
    ['a name that every object has', { items: [{}], orderId: 'o' }],
  ])('is none for %s, which the service refuses', (_, body) => expect(ofBody(body)).toBeUndefined());

  it('is none for what is no JSON', () => expect(ofBody({ items: [{ sku: 'A' }] }, 'text/csv')).toBeUndefined());
});
