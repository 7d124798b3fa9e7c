import { uuidOf } from './uuid-of.js';

describe('a UUID made of a text', () => {
  it('is the same for the same text and of version 8', () => {
    expect(uuidOf('acme|POST /orders|k1')).toBe('c8359ff1-1be6-81e3-8a98-b15cb50f9c04');
    expect(uuidOf('acme|POST /orders|k1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidOf('acme|POST /orders|k1')).not.toBe(uuidOf('acme|POST /orders|k2'));
  });
});
