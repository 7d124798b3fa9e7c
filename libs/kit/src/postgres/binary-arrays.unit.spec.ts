import { booleanArray, float8Array, int4Array, int8Array, jsonbArray, textArray, uuidArray } from './binary-arrays.js';

describe('arrays in Postgres binary format', () => {
  it('writes integers', () => {
    expect(int4Array([1, -1]).toString('hex')).toBe(
      '00000001' + '00000000' + '00000017' + '00000002' + '00000001' + '00000004' + '00000001' + '00000004' + 'ffffffff',
    );
  });

  it('writes a missing number by its length alone', () => {
    expect(int4Array([null, 7]).subarray(4).toString('hex')).toBe(
      '00000001' + '00000017' + '00000002' + '00000001' + 'ffffffff' + '00000004' + '00000007',
    );
  });

  it.each([0, 1, -1, 4_294_967_295, -4_294_967_296, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    'writes %d in eight bytes as its bigint',
    (value) => {
      expect(int8Array([value])).toEqual(int8Array([BigInt(value)]));
      expect(int8Array([value]).readBigInt64BE(24)).toBe(BigInt(value));
    },
  );

  it('refuses what is no whole number', () => {
    expect(() => int8Array([0.5])).toThrow(/no safe integer/);
  });

  it('writes fractions, flags and JSON', () => {
    expect(float8Array([0.25]).readDoubleBE(24)).toBe(0.25);
    expect(booleanArray([true, null, false]).subarray(20).toString('hex')).toBe('00000001' + '01' + 'ffffffff' + '00000001' + '00');
    expect(jsonbArray(['{}']).subarray(8).toString('hex')).toBe('00000eda' + '00000001' + '00000001' + '00000003' + '01' + '7b7d');
  });

  it('writes text with its length in bytes', () => {
    expect(textArray(['ä']).subarray(20).toString('hex')).toBe('00000002' + 'c3a4');
  });

  it('writes a missing text by its length alone, and says so in front', () => {
    expect(textArray([null, 'a']).toString('hex')).toBe(
      '00000001' + '00000001' + '00000019' + '00000002' + '00000001' + 'ffffffff' + '00000001' + '61',
    );
  });

  it('writes UUIDs as 16 bytes', () => {
    expect(uuidArray(['00112233-4455-6677-8899-aabbccddeeff']).subarray(20).toString('hex')).toBe(
      '00000010' + '00112233445566778899aabbccddeeff',
    );
    expect(uuidArray(['0123456789ABCDEFabcdef0000000000', '00000000-0000-0000-0000-000000000001']).subarray(20).toString('hex')).toBe(
      '00000010' + '0123456789abcdefabcdef0000000000' + '00000010' + '00000000000000000000000000000001',
    );
  });

  it.each([
    '',
    '0011223344556677-8899-aabbccddeef',
    '00112233-4455-6677-8899-aabbccddeeff0',
    '00112233-4455-6677-8899-aabbccddeefg',
    '00112233-4455-6677-8899-aabbccddee\u00e9f',
  ])('takes %j for no UUID', (text) => expect(() => uuidArray([text])).toThrow(/is no/));
});
