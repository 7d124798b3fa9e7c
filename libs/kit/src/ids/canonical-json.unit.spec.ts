import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

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
