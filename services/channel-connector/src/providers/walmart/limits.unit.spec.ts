import { errorOf, outcomeOf } from './errors.js';
import { limits, pauseOf, reportOf } from './limits.js';
import { WalmartSettings } from './settings.js';

const now = Date.parse('2026-11-20T10:00:00Z');

describe('the limits of Walmart', () => {
  it.each(limits(new WalmartSettings()).filter(({ name }) => name !== 'other'))(
    'never give more of $name than Walmart allows in any stretch',
    (shape) => {
      if (shape.kind !== 'bucket') throw new Error('all of them are buckets');
      const [most, seconds] =
        shape.name === 'feed_inventory'
          ? [10, 3_600]
          : shape.name === 'feed_mp_inventory'
            ? [50, 3_600]
            : ['feed_status', 'orders'].includes(shape.name)
              ? [5_000, 60]
              : [200, 60];
      const given = shape.burst + shape.perSecond * seconds;
      expect(given).toBeLessThanOrEqual(most + 1e-9);
      expect(shape.perSecond * seconds).toBeGreaterThanOrEqual(most * 0.8);
    },
  );

  it.each([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'x-next-replenish-time': String(now + 5_000) }, 5_000],
    [{ 'x-next-replenish-time': String((now + 5_000) / 1_000) }, 5_000],
    [{ 'x-next-replenishment-time': '2026-11-20T10:00:09Z' }, 9_000],
    [{ 'x-next-replenish-time': '2026-11-20T09:00:00Z' }, 1_000],
    [{ 'x-next-replenish-time': '2036-11-20T09:00:00Z' }, 3_600_000],
    [{ 'x-next-replenish-time': 'soon' }, 60_000],
    [{}, 60_000],
  ])('read how long to wait from %p', (headers, pause) => {
    expect(pauseOf(headers, now)).toBe(pause);
  });

  it('close the limit only where nothing is left', () => {
    expect(reportOf('put_inventory', { 'x-current-token-count': '3' }, now, false)).toEqual({ limit: 'put_inventory', remaining: 3 });
    const none = { 'x-current-token-count': '0', 'x-next-replenish-time': String(now + 4_000) };
    expect(reportOf('put_inventory', none, now, false)).toEqual({ limit: 'put_inventory', remaining: 0, notBefore: now + 4_000 });
    expect(reportOf('put_inventory', {}, now, true)).toMatchObject({ remaining: 0 });
  });
});

describe('an error of Walmart', () => {
  it.each([
    [{ errors: [{ code: 'A', description: 'text' }] }, 'A'],
    [{ error: [{ code: 'A', info: 'text' }] }, 'A'],
    [{ errors: { error: [{ code: 'A', message: 'text' }] } }, 'A'],
    [{ error: { code: 'A', description: 'text' } }, 'A'],
    ['<html>', 'walmart'],
  ])('is read from %p', (body, code) => {
    expect(errorOf(body).code).toBe(code);
  });

  it.each([
    [423, 'RESOURCE_IS_LOCKED.GMP_RECEIVER_API', 'DATA', 'rejected_retryable'],
    [404, 'CONTENT_NOT_FOUND', 'DATA', 'rejected_permanent'],
    [400, 'INVALID', 'DATA', 'rejected_permanent'],
    [200, 'OF_A_NODE', 'SYSTEM', 'rejected_retryable'],
  ])('%d %s %s is %s', (status, code, category, kind) => {
    expect(outcomeOf(status, { code, category, says: '' }).kind).toBe(kind);
  });
});
