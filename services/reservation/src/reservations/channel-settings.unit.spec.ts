import { installed, ttlWithin } from './channel-settings.js';

const problemOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('the rule of a channel', () => {
  it('is taken where its policy is at hand', () => {
    const rule = { name: 'ship-from-store', options: { stores: 'only' } };
    expect(installed(rule)).toBe(rule);
  });

  it('is replaced by no other where this process does not have its policy: the request may be served elsewhere, or later', () =>
    expect(problemOf(() => installed({ name: 'cheapest-carrier' }))).toMatchObject({
      status: 503,
      code: 'source_policy_missing',
      message: 'The channel chooses locations by cheapest-carrier, which this service does not know',
      details: [{ sourcePolicy: 'cheapest-carrier' }],
    }));
});

describe('the time to live of a reservation', () => {
  const web = { channelId: 'web', ttl: { defaultMs: 120_000, leastMs: 60_000, mostMs: 600_000 } };

  it('is what was asked for, else what the channel or the house sets', () => {
    expect(ttlWithin(web, 300_000)).toBe(300_000);
    expect(ttlWithin(web, undefined)).toBe(120_000);
    expect(ttlWithin(undefined, 5_000)).toBe(5_000);
    expect(ttlWithin(undefined, undefined)).toBe(900_000);
    expect(ttlWithin({ channelId: 'shop' }, 1_000)).toBe(1_000);
  });

  it('is within the channel’s bounds, both of which may be asked for', () => {
    expect([60_000, 600_000].map((askedMs) => ttlWithin(web, askedMs))).toEqual([60_000, 600_000]);
    for (const askedMs of [59_000, 601_000]) {
      expect(problemOf(() => ttlWithin(web, askedMs))).toMatchObject({
        status: 400,
        code: 'validation_failed',
        details: [{ field: 'ttl', message: 'must be from 60 to 600 for channel web' }],
      });
    }
  });
});
