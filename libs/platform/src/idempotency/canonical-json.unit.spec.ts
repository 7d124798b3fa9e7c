import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';
import { uuidOf } from './keyed-request.js';

describe('canonical JSON', () => {
  it('does not depend on the order of properties', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
  });

  it('tells values apart that look alike', () => {
    const texts = [1, '1', [1], { a: 1 }, { a: '1' }, null, [], {}, [null], ['a', 'b'], ['a,b']].map(canonicalJson);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('reads a missing body as none', () => expect(canonicalJson(undefined)).toBe('null'));

  it('keeps every JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
      }),
    );
  });
});

describe('a UUID made of a text', () => {
  it('is the same for the same text and of version 8', () => {
    expect(uuidOf('acme|POST /orders|k1')).toBe('c8359ff1-1be6-81e3-8a98-b15cb50f9c04');
    expect(uuidOf('acme|POST /orders|k1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidOf('acme|POST /orders|k1')).not.toBe(uuidOf('acme|POST /orders|k2'));
  });
});
