import { isRefusedData } from './refused-data.js';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

describe('data that Postgres refuses', () => {
  it.each(['22021', '22P05', '22003', '23502', '54000', '21000'])('%s is refused again however often it is sent', (code) => {
    expect(isRefusedData(failure(code))).toBe(true);
    expect(isRefusedData(new Error('a turn failed', { cause: failure(code) }))).toBe(true);
  });

  it.each(['08006', '40001', '53100', '57P01', '42P01', 'ECONNREFUSED', '2202'])('%s may be over later', (code) => {
    expect(isRefusedData(failure(code))).toBe(false);
  });

  it('is not what has no code', () => {
    expect([new Error('x'), undefined, 'text', { code: '22021' }].map(isRefusedData)).toEqual([false, false, false, false]);
  });
});
