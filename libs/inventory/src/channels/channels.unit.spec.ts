import {
  channelAtp,
  decideChannels,
  DEFAULT_POLICY,
  evolveChannels,
  initialChannels,
  severity,
  type ChannelCommand,
  type ChannelEvent,
} from '../index.js';

const web = { channelId: 'web', name: 'Web shop', channelType: 'webhook', policy: DEFAULT_POLICY };
const put = { type: 'PutChannel', ...web } as const;
const enabled: ChannelEvent = { type: 'ChannelEnabled', ...web };
const disabled: ChannelEvent = { type: 'ChannelDisabled', channelId: 'web' };
const fold = (...events: readonly ChannelEvent[]) => events.reduce(evolveChannels, initialChannels());
const decide = (...events: readonly ChannelEvent[]) => ({
  when: (command: ChannelCommand) => decideChannels(fold(...events), command),
});
const accepted = (...events: readonly ChannelEvent[]) => ({ kind: 'accepted', events });

describe('a channel', () => {
  it('is enabled, changed, and get no event where nothing changes', () => {
    expect(decide().when(put)).toEqual(accepted(enabled));
    expect(decide(enabled).when(put)).toEqual(accepted());
    expect(decide(enabled).when({ ...put, policy: { ...DEFAULT_POLICY } })).toEqual(accepted());
    for (const change of [{ name: 'Shop' }, { channelType: 'shopify' }, { policy: { ...DEFAULT_POLICY, bufferPercent: 5 } }]) {
      expect(decide(enabled).when({ ...put, ...change })).toEqual(accepted({ ...web, ...change, type: 'ChannelChanged' }));
    }
  });

  it('is disabled and enabled again', () => {
    const disable = { type: 'DisableChannel', channelId: 'web' } as const;
    expect(decide(enabled).when(disable)).toEqual(accepted(disabled));
    expect(decide(enabled, disabled).when(disable)).toEqual(accepted());
    expect(decide(enabled, disabled).when(put)).toEqual(accepted(enabled));
    expect(decide().when(disable)).toMatchObject({ kind: 'refused', code: 'unknown_channel' });
    expect(fold(enabled, disabled).get('web')).toEqual({ ...web, enabled: false });
  });

  it('refuses a policy that cannot be, and names the field', () => {
    const faults = [
      ['bufferUnits', { bufferUnits: -1 }],
      ['bufferUnits', { bufferUnits: 0.5 }],
      ['bufferPercent', { bufferPercent: 101 }],
      ['bufferPercent', { bufferPercent: Number.NaN }],
      ['criticalThreshold', { criticalThreshold: -1 }],
      ['lowThreshold', { lowThreshold: 2, criticalThreshold: 3 }],
    ] as const;
    for (const [field, fault] of faults) {
      expect(decide().when({ ...put, policy: { ...DEFAULT_POLICY, ...fault } })).toMatchObject({
        code: 'invalid_policy',
        details: { field },
      });
    }
  });

  it('may say how its reservations find their locations and how long they live', () => {
    const settings = { sourcePolicy: { name: 'nearest' }, ttl: { defaultMs: 2_000, leastMs: 1_000, mostMs: 3_000 } };
    expect(decide(enabled).when({ ...put, ...settings })).toEqual(accepted({ ...web, ...settings, type: 'ChannelChanged' }));
    expect(decide({ ...enabled, ...settings }).when({ ...put, ...settings })).toEqual(accepted());
    const { ttl } = settings;
    for (const [field, fault] of [
      ['sourcePolicy.name', { sourcePolicy: { name: 'cheapest' } }],
      ['sourcePolicy.options', { sourcePolicy: { name: 'nearest', options: { far: 1 } } }],
      ['ttl.leastMs', { ttl: { ...ttl, leastMs: 0 } }],
      ['ttl.mostMs', { ttl: { ...ttl, mostMs: 500 } }],
      ['ttl.defaultMs', { ttl: { ...ttl, defaultMs: 4_000 } }],
    ] as const) {
      expect(decide().when({ ...put, ...fault })).toMatchObject({ code: 'invalid_policy', details: { field } });
    }
  });

  it('is one of a limited number', () => {
    const many = new Map(Array.from({ length: 1_000 }, (_, index) => [String(index), { ...web, enabled: true }]));
    expect(decideChannels(many, put)).toMatchObject({ kind: 'refused', code: 'too_many_channels' });
  });
});

describe('the units that a channel may promise', () => {
  const policy = (bufferUnits: number, bufferPercent: number) => ({ ...DEFAULT_POLICY, bufferUnits, bufferPercent });

  it('are what is available above safety stock', () => {
    expect(channelAtp(10, 3, DEFAULT_POLICY)).toBe(7);
    expect(channelAtp(2, 3, DEFAULT_POLICY)).toBe(0);
  });

  it('leave out the buffers, rounded to the safe side', () => {
    expect(channelAtp(10, 0, policy(2, 0))).toBe(8);
    expect(channelAtp(15, 0, policy(0, 10))).toBe(13);
    expect(channelAtp(20, 5, policy(1, 10))).toBe(12);
    expect(channelAtp(10, 0, policy(0, 100))).toBe(0);
  });

  it('lose no unit to binary fractions', () => {
    expect(channelAtp(100, 0, policy(0, 7))).toBe(93);
  });
});

describe('severity', () => {
  it('follows the thresholds', () => {
    expect([-1, 0, 1, 10, 11].map((atp) => severity(atp, DEFAULT_POLICY))).toEqual(['CRITICAL', 'CRITICAL', 'LOW', 'LOW', 'OK']);
  });
});
