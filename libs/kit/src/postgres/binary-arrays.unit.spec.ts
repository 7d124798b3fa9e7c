import { int4Array, textArray, uuidArray } from './binary-arrays.js';

describe('arrays in Postgres binary format', () => {
  it('writes integers', () => {
    expect(int4Array([1, -1]).toString('hex')).toBe(
      '00000001' + '00000000' + '00000017' + '00000002' + '00000001' + '00000004' + '00000001' + '00000004' + 'ffffffff',
    );
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
