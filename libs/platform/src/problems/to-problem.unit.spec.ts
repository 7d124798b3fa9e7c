import { NotFoundException } from '@nestjs/common';
import { Problem } from './problem.js';
import { isDatabaseAway, toProblem } from './to-problem.js';

const coded = (code: string, message = 'x', more: object = {}): Error => Object.assign(new Error(message), { code, ...more });

describe('the answer to an error', () => {
  it('is a problem as it was thrown', () => {
    const problem = new Problem(409, 'insufficient_stock', 'short');
    expect(toProblem(problem)).toBe(problem);
  });

  it.each(['event_store_unavailable', 'bus_unavailable', 'database_unavailable', 'sku_busy', 'stream_busy'])(
    'asks to try again on %s',
    (code) => {
      expect(toProblem(coded(code))).toMatchObject({ status: 503, code, headers: { 'retry-after': '1' } });
    },
  );

  it('rounds up when to try again', () => {
    expect(toProblem(coded('sku_busy', 'x', { retryAfterMs: 2001 })).headers).toEqual({ 'retry-after': '3' });
  });

  it.each([
    coded('ECONNREFUSED'),
    coded('57P01', 'terminating connection due to administrator command'),
    coded('57P03', 'the database system is starting up'),
    coded('08006'),
    coded('53300', 'too many clients'),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    Object.assign(new Error('wrapped'), { driverError: coded('ECONNRESET') }),
  ])('knows that the database is away: %s', (error) => {
    expect(isDatabaseAway(error)).toBe(true);
    expect(toProblem(error)).toMatchObject({ status: 503, code: 'database_unavailable' });
  });

  it('does not blame the database for a wrong statement', () => {
    const wrong = Object.assign(new Error('wrapped'), { driverError: coded('42601', 'syntax error') });
    expect(toProblem(wrong)).toMatchObject({ status: 500, code: 'internal_error' });
  });

  it('keeps the status of an HTTP exception', () => {
    expect(toProblem(new NotFoundException('No such thing'))).toMatchObject({ status: 404, code: 'not_found', message: 'No such thing' });
  });

  it.each([undefined, null, 'text', new Error('the password is hunter2')])('shows nothing of %s', (error) => {
    const problem = toProblem(error);
    expect(problem).toMatchObject({ status: 500, code: 'internal_error' });
    expect(problem.message).not.toContain('hunter2');
  });
});
