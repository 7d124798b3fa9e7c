import { deadLetterOf, reasonOfFailure } from './dead-letter.js';

const message = (value: string | null) => ({ topic: 't', partition: 2, offset: '7', timestamp: 1, headers: {}, key: 'k', value });
const read = (value: string | null) =>
  JSON.parse(value ?? '') as { readonly value: string | null; readonly reason: { readonly message: string } };

describe('a dead letter', () => {
  it('keeps a tombstone', () => {
    expect(read(deadLetterOf(message(null), { code: 'x', message: 'y' }).value)).toMatchObject({ value: null, offset: '7', partition: 2 });
  });

  it('cuts a value that would not fit and says so', () => {
    const letter = deadLetterOf(message('"'.repeat(600_000)), { code: 'x', message: 'too odd' });
    expect(Buffer.byteLength(letter.value ?? '')).toBeLessThan(1_000_000);
    expect(read(letter.value).reason.message).toBe('too odd (value cut: 600000 bytes)');
  });

  it('bounds the reason', () => {
    expect(read(deadLetterOf(message('v'), { code: 'x', message: 'y'.repeat(9_000) }).value).reason.message.length).toBe(2_001);
  });

  it('names what was thrown even where it is no error', () => {
    expect([reasonOfFailure(new TypeError('bad')).message, reasonOfFailure('text').message]).toEqual(['TypeError: bad', 'text']);
  });
});
