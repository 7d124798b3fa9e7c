import { BusUnavailable } from '../port.js';
import { isConnectionLost, isTransient } from './transient.js';

const coded = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more });

describe('transient errors', () => {
  it.each([
    ['declared', Object.assign(new Error('later'), { transient: true })],
    ['the bus away', new BusUnavailable('away')],
    ['any engine away', coded('event_store_unavailable')],
    ['connection refused', coded('ECONNREFUSED')],
    ['no socket file', coded('ENOENT', { syscall: 'connect' })],
    ['server stopping', coded('57P01')],
    ['lost a race', coded('40001')],
    ['a broken connection without code', new Error('Connection terminated unexpectedly')],
    ['wrapped', new Error('query failed', { cause: coded('08006') })],
    ['wrapped by the mapper', Object.assign(new Error('query failed'), { driverError: coded('57P03') })],
  ])('%s', (_name, error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    ['a bug', new TypeError('x is undefined')],
    ['a constraint', coded('23505')],
    ['a missing file', coded('ENOENT', { syscall: 'open' })],
    ['no error at all', 'text'],
    ['nothing', undefined],
  ])('not %s', (_name, error) => {
    expect(isTransient(error)).toBe(false);
    expect(isConnectionLost(error)).toBe(false);
  });

  it('ends on a cause that points to itself', () => {
    const error: Error & { cause?: unknown } = new Error('loop');
    error.cause = error;
    expect(isTransient(error)).toBe(false);
  });
});
