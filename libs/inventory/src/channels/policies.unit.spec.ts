import { decideChannels, DEFAULT_POLICY, evolveChannels, initialChannels, skuLimits, ttlPolicyFault, type ChannelEvent } from '../index.js';

const web = { channelId: 'web', name: 'Web shop', channelType: 'webhook', policy: DEFAULT_POLICY };
const put = { type: 'PutChannel', ...web } as const;
const enabled: ChannelEvent = { type: 'ChannelEnabled', ...web };
const known = evolveChannels(initialChannels(), enabled);

describe('the policy of a channel', () => {
  it('is a default one where none is given', () => {
    expect(DEFAULT_POLICY).toEqual({ policyId: 'default', bufferUnits: 0, bufferPercent: 0, lowThreshold: 10, criticalThreshold: 0 });
  });

  it.each([
    { bufferUnits: skuLimits.MAX_UNITS },
    { bufferPercent: 100 },
    { lowThreshold: 3, criticalThreshold: 3 },
    { lowThreshold: 0, criticalThreshold: 0 },
  ])('may be %j', (policy) =>
    expect(decideChannels(initialChannels(), { ...put, policy: { ...DEFAULT_POLICY, ...policy } })).toMatchObject({ kind: 'accepted' }),
  );

  it.each([
    ['bufferUnits', { bufferUnits: skuLimits.MAX_UNITS + 1 }],
    ['bufferPercent', { bufferPercent: -1 }],
    ['lowThreshold', { lowThreshold: 0.5 }],
  ])('has no such %s: %j', (field, policy) =>
    expect(decideChannels(initialChannels(), { ...put, policy: { ...DEFAULT_POLICY, ...policy } })).toMatchObject({ details: { field } }),
  );

  it.each([{ policyId: 'other' }, { bufferUnits: 1 }, { bufferPercent: 1 }, { lowThreshold: 11 }, { criticalThreshold: 1 }])(
    'is another one with %j',
    (change) => {
      const policy = { ...DEFAULT_POLICY, ...change };
      expect(decideChannels(known, { ...put, policy })).toStrictEqual({
        kind: 'accepted',
        events: [{ ...web, policy, type: 'ChannelChanged' }],
      });
    },
  );
});

describe('times to live of a channel', () => {
  const most = skuLimits.MAX_TTL_MS;
  it.each([
    [{ defaultMs: 1, leastMs: 1, mostMs: 1 }],
    [{ defaultMs: 2, leastMs: 1, mostMs: 2 }],
    [{ defaultMs: most, leastMs: 1, mostMs: most }],
  ])('may be %j', (ttl) => expect(ttlPolicyFault(ttl)).toBeUndefined());

  it.each([
    ['leastMs', { defaultMs: 1, leastMs: 0, mostMs: 1 }],
    ['mostMs', { defaultMs: 2, leastMs: 2, mostMs: 1 }],
    ['mostMs', { defaultMs: 2, leastMs: 2, mostMs: most + 1 }],
    ['defaultMs', { defaultMs: 1, leastMs: 2, mostMs: 3 }],
    ['defaultMs', { defaultMs: 4, leastMs: 2, mostMs: 3 }],
    ['defaultMs', { defaultMs: 2.5, leastMs: 2, mostMs: 3 }],
  ] as const)('have no such %s: %j', (field, ttl) => expect(ttlPolicyFault(ttl)).toBe(field));
});

describe('the channels of a tenant', () => {
  it('are limited in number; those known can still be changed', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `c${String(index)}`);
    const full = names.reduce((state, channelId) => evolveChannels(state, { ...enabled, channelId }), initialChannels());
    expect(decideChannels(full, { ...put, channelId: 'one more' })).toMatchObject({
      code: 'too_many_channels',
      details: { most: full.size },
    });
    expect(decideChannels(full, { ...put, channelId: 'c1', name: 'other' })).toMatchObject({ kind: 'accepted' });
  });

  it('name the one that nobody knows, and leave it unknown', () => {
    const disable = { type: 'DisableChannel', channelId: 'none' } as const;
    expect(decideChannels(known, disable)).toMatchObject({ code: 'unknown_channel', details: { channelId: 'none' } });
    expect(evolveChannels(known, { type: 'ChannelDisabled', channelId: 'none' })).toEqual(known);
  });
});
