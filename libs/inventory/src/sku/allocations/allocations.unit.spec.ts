import { place } from '../../../test/commands.js';
import { allocated, committed, expired, limited, placed, received, released, reversed } from '../../../test/events.js';
import { given } from '../../../test/given.js';
import { hour, noon } from '../../../test/times.js';
import type { SetLimits } from '../../index.js';
import { MAX_GRACE_MS } from '../limits.js';

const setLimits = (fields: Partial<SetLimits> = {}): SetLimits => ({
  type: 'SetLimits',
  at: noon,
  commandId: 'limits',
  allocations: [],
  ...fields,
});
const web = { channelId: 'web' };

describe('setting limits', () => {
  it('writes down what changed and nothing else', () => {
    given(received('BER', 5), allocated('web', { cap: 3 }), allocated('shop', { floor: 1 }))
      .when(setLimits({ overbookingUnits: 2, allocations: [{ channelId: 'web', cap: 3 }] }))
      .then(limited({ overbookingUnits: 2, commandId: 'limits' }), { type: 'AllocationRemoved', commandId: 'limits', channelId: 'shop' });
    given(received('BER', 5), allocated('web', { cap: 3 }))
      .when(setLimits({ allocations: [{ channelId: 'web', cap: 3, floor: 0 }] }))
      .thenNothing();
    given(received('BER', 5), allocated('web', { cap: 3 }))
      .when(setLimits({ allocations: [{ channelId: 'web', cap: 4, floor: 1, holderUnits: 2 }] }))
      .then(allocated('web', { cap: 4, floor: 1, holderUnits: 2, commandId: 'limits' }));
  });

  it('writes down who may wait for supply, where that changes', () => {
    const backorders = { units: 5, graceMs: hour, channels: ['web'] };
    given(received('BER', 5))
      .when(setLimits({ backorders }))
      .then(limited({ backorders, commandId: 'limits' }));
    given(received('BER', 5), limited({ backorders })).when(setLimits({ backorders })).thenNothing();
    for (const other of [{ units: 6 }, { graceMs: 1 }, { channels: ['shop'] }]) {
      const changed = { ...backorders, ...other };
      given(received('BER', 5), limited({ backorders }))
        .when(setLimits({ backorders: changed }))
        .then(limited({ backorders: changed, commandId: 'limits' }));
    }
    given(received('BER', 5), limited({ backorders }))
      .when(setLimits())
      .then(limited({ commandId: 'limits' }));
  });

  it('refuses what cannot be', () => {
    const stock = received('BER', 5);
    given().when(setLimits()).thenRefused('unknown_sku');
    given(stock)
      .when(setLimits({ overbookingUnits: -1 }))
      .thenRefused('invalid_quantity');
    given(stock)
      .when(setLimits({ holderUnits: 0 }))
      .thenRefused('invalid_quantity');
    given(stock)
      .when(setLimits({ allocations: [{ ...web, cap: 1, floor: 2 }] }))
      .thenRefused('invalid_allocation', { channelId: 'web', cap: 1, floor: 2 });
    given(stock)
      .when(setLimits({ allocations: [web, web] }))
      .thenRefused('invalid_allocation', { channelId: 'web', reason: 'named twice' });
    for (const graceMs of [-1, 1.5, 367 * 24 * hour]) {
      given(stock)
        .when(setLimits({ backorders: { units: 1, graceMs } }))
        .thenRefused('invalid_backorders', { graceMs });
    }
    given(stock)
      .when(setLimits({ backorders: { units: -1, graceMs: 0 } }))
      .thenRefused('invalid_quantity');
    given(stock)
      .when(setLimits({ backorders: { units: 1, graceMs: 0, channels: Array.from({ length: 1_001 }, String) } }))
      .thenRefused('invalid_backorders', { most: 1_000 });
    const many = Array.from({ length: 1_001 }, (_, index) => ({ channelId: String(index) }));
    given(stock)
      .when(setLimits({ allocations: many }))
      .thenRefused('invalid_allocation', { most: 1_000 });
  });
});

describe('limits that are set again', () => {
  const stock = received('BER', 5);
  const backorders = { units: 5, graceMs: 1_000, channels: ['web'] };
  const full = limited({ overbookingUnits: 2, holderUnits: 3, backorders });

  it('change nothing where they are set already', () => {
    given(stock).when(setLimits()).thenNothing();
    given(stock, full)
      .when(setLimits({ overbookingUnits: 2, holderUnits: 3, backorders: { ...backorders, channels: ['web'] } }))
      .thenNothing();
    given(stock, allocated('web', { cap: 3, floor: 1, holderUnits: 2 }))
      .when(setLimits({ allocations: [{ ...web, cap: 3, floor: 1, holderUnits: 2 }] }))
      .thenNothing();
  });

  it('change nothing by a command that comes again, also after others', () => {
    const later = limited({ overbookingUnits: 9, commandId: 'later' });
    given(stock, limited({ overbookingUnits: 2, commandId: 'limits' }), later)
      .when(setLimits({ overbookingUnits: 2 }))
      .thenNothing();
  });

  it.each<[what: string, limits: Partial<SetLimits>, then: Parameters<typeof limited>[0]]>([
    ['overbooking', { overbookingUnits: 1, holderUnits: 3, backorders }, { overbookingUnits: 1, holderUnits: 3, backorders }],
    ['holders', { overbookingUnits: 2, holderUnits: 4, backorders }, { overbookingUnits: 2, holderUnits: 4, backorders }],
    ['holders, without a limit', { overbookingUnits: 2, backorders }, { overbookingUnits: 2, backorders }],
    ['back-orders, none', { overbookingUnits: 2, holderUnits: 3 }, { overbookingUnits: 2, holderUnits: 3 }],
  ])('are written down whole where one differs: %s', (_, limits, then) =>
    given(stock, full)
      .when(setLimits(limits))
      .then(limited({ ...then, commandId: 'limits' })),
  );

  it.each([
    ['units', { ...backorders, units: 6 }],
    ['grace', { ...backorders, graceMs: 2_000 }],
    ['channels', { ...backorders, channels: ['shop'] }],
    ['every channel', { units: 5, graceMs: 1_000 }],
  ])('are written down where back-orders differ in %s', (_, other) =>
    given(stock, full)
      .when(setLimits({ overbookingUnits: 2, holderUnits: 3, backorders: other }))
      .then(limited({ overbookingUnits: 2, holderUnits: 3, backorders: other, commandId: 'limits' })),
  );

  it('name back-orders for the first time', () =>
    given(stock)
      .when(setLimits({ backorders }))
      .then(limited({ overbookingUnits: 0, backorders, commandId: 'limits' })));

  it.each([
    ['cap', { cap: 4, floor: 1, holderUnits: 2 }],
    ['floor', { cap: 3, floor: 2, holderUnits: 2 }],
    ['holders', { cap: 3, floor: 1, holderUnits: 1 }],
    ['no cap', { floor: 1, holderUnits: 2 }],
    ['no limit of holders', { cap: 3, floor: 1 }],
  ])('are written down where a channel differs in its %s', (_, other) =>
    given(stock, allocated('web', { cap: 3, floor: 1, holderUnits: 2 }))
      .when(setLimits({ allocations: [{ ...web, ...other }] }))
      .then(allocated('web', { ...other, commandId: 'limits' })),
  );

  it.each([
    ['invalid_backorders', { backorders: { units: 1, graceMs: -1 } }],
    ['invalid_backorders', { backorders: { units: 1, graceMs: 0.5 } }],
    ['invalid_backorders', { backorders: { units: 1, graceMs: MAX_GRACE_MS + 1 } }],
    ['invalid_backorders', { backorders: { units: 1, graceMs: 0, channels: Array.from({ length: 1_001 }, String) } }],
    ['invalid_quantity', { backorders: { units: -1, graceMs: 0 } }],
    ['invalid_quantity', { allocations: [{ ...web, cap: -1 }] }],
    ['invalid_quantity', { allocations: [{ ...web, floor: -1 }] }],
    ['invalid_quantity', { allocations: [{ ...web, holderUnits: 0 }] }],
    ['invalid_quantity', { allocations: [{ channelId: 'shop' }, { ...web, cap: 0.5 }] }],
  ] as const)('are refused with %s: %j', (code, limits) => given(stock).when(setLimits(limits)).thenRefused(code));

  it('say why they are refused', () => {
    given(stock)
      .when(setLimits({ backorders: { units: 1, graceMs: -1 } }))
      .thenRefused('invalid_backorders', { graceMs: -1, most: MAX_GRACE_MS });
    given(stock)
      .when(setLimits({ backorders: { units: 1, graceMs: 0, channels: Array.from({ length: 1_001 }, String) } }))
      .thenRefused('invalid_backorders', { most: 1_000 });
    given(stock)
      .when(setLimits({ allocations: [{ ...web, cap: 1, floor: 2 }] }))
      .thenRefused('invalid_allocation', { reason: 'floor above cap' });
  });

  it('may go as far as they may', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ channelId: String(index) }));
    given(stock)
      .when(setLimits({ allocations: many }))
      .then(...many.map(({ channelId }) => allocated(channelId, { commandId: 'limits' })));
    const farthest = { units: 0, graceMs: MAX_GRACE_MS, channels: many.map(({ channelId }) => channelId) };
    given(stock)
      .when(setLimits({ backorders: farthest, allocations: [{ ...web, cap: 2, floor: 2 }] }))
      .then(
        limited({ overbookingUnits: 0, backorders: farthest, commandId: 'limits' }),
        allocated('web', { cap: 2, floor: 2, commandId: 'limits' }),
      );
  });
});

describe('a cap', () => {
  const capped = [received('BER', 9), allocated('web', { cap: 3 }), placed('r1', { BER: 2 }, web)];

  it('counts what the channel holds', () => {
    given(...capped)
      .when(place('r2', { ...web, quantity: 1 }))
      .then(placed('r2', { BER: 1 }, web));
    given(...capped)
      .when(place('r2', { ...web, quantity: 2 }))
      .thenRefused('channel_cap', { requested: 2, available: 1, channelId: 'web', cap: 3, open: 2, committed: 0 });
  });

  it('counts what it has committed, and no longer what was taken back or let go', () => {
    const sold = [...capped, committed('r1', { BER: 2 })];
    given(...sold)
      .when(place('r2', { ...web, quantity: 2 }))
      .thenRefused('channel_cap', { open: 0, committed: 2 });
    given(...sold, reversed('r1', { BER: 2 }))
      .when(place('r2', { ...web, quantity: 3 }))
      .then(placed('r2', { BER: 3 }, web));
    given(...capped, released('r1', { BER: 2 }))
      .when(place('r2', { ...web, quantity: 3 }))
      .then(placed('r2', { BER: 3 }, web));
  });

  it('counts an overdue hold as gone', () =>
    given(...capped)
      .when(place('r2', { ...web, quantity: 3, at: noon }))
      .then(expired('r1', { BER: 2 }), placed('r2', { BER: 3 }, { ...web, expiresAt: noon + 2 * hour })));

  it('begins with what the channel holds, and keeps its count when it is changed', () => {
    given(received('BER', 9), placed('r1', { BER: 2 }, web), allocated('web', { cap: 2 }))
      .when(place('r2', web))
      .thenRefused('channel_cap', { open: 2 });
    given(...capped, committed('r1', { BER: 2 }), allocated('web', { cap: 2 }))
      .when(place('r2', web))
      .thenRefused('channel_cap', { committed: 2 });
    given(
      ...capped,
      committed('r1', { BER: 2 }),
      { type: 'AllocationRemoved', commandId: 'x', channelId: 'web' },
      allocated('web', { cap: 2 }),
    )
      .when(place('r2', { ...web, quantity: 2 }))
      .then(placed('r2', { BER: 2 }, web));
  });

  it('lets a partial reservation take up to it, and binds no other channel', () => {
    given(...capped)
      .when(place('r2', { ...web, quantity: 5, partial: true }))
      .then(placed('r2', { BER: 1 }, { ...web, requested: 5 }));
    given(...capped)
      .when(place('r2', { channelId: 'shop', quantity: 7 }))
      .then(placed('r2', { BER: 7 }, { channelId: 'shop' }));
  });
});

describe('a floor', () => {
  const protectedForWeb = [received('BER', 3), received('HAM', 3), allocated('web', { floor: 4 })];

  it('keeps units from all others, over all locations', () => {
    given(...protectedForWeb)
      .when(place('r1', { quantity: 3 }))
      .thenRefused('protected_for_channels', { requested: 3, available: 2, protectedUnits: 4, free: 6 });
    given(...protectedForWeb)
      .when(place('r1', { quantity: 2, channelId: 'shop' }))
      .then(placed('r1', { BER: 2 }, { channelId: 'shop' }));
  });

  it('is what the channel itself may take', () =>
    given(...protectedForWeb, placed('r1', { BER: 2 }))
      .when(place('r2', { ...web, quantity: 3 }))
      .then(placed('r2', { HAM: 3 }, web)));

  it('protects only what the channel has not taken yet', () =>
    given(...protectedForWeb, placed('r1', { BER: 3 }, web), committed('r1', { BER: 3 }))
      .when(place('r2', { quantity: 2 }))
      .then(placed('r2', { HAM: 2 })));

  it('says that stock is short where that binds first', () =>
    given(...protectedForWeb)
      .when(place('r1', { quantity: 7, ...web }))
      .thenRefused('insufficient_stock', { available: 6 }));
});

describe('declared overbooking', () => {
  const generous = [received('BER', 2), received('HAM', 1), limited({ overbookingUnits: 3 })];

  it('promises beyond on hand, at the location that comes first, after all that lies there', () =>
    given(...generous)
      .when(place('r1', { quantity: 5, sources: [{ locationId: 'HAM', priority: 1 }] }))
      .then(
        placed(
          'r1',
          { HAM: 3, BER: 2 },
          {
            overbookedUnits: 2,
            takes: [
              { locationId: 'HAM', quantity: 3, because: 'split: priority 1' },
              { locationId: 'BER', quantity: 2, because: 'split: priority 100' },
            ],
          },
        ),
      ));

  it('ends with its budget', () => {
    given(...generous, placed('r1', { BER: 4, HAM: 1 }, { overbookedUnits: 2 }))
      .when(place('r2', { quantity: 2 }))
      .thenRefused('overbooking_exhausted', { requested: 2, available: 1, budget: 3, left: 1 });
    given(...generous, placed('r1', { BER: 4, HAM: 1 }, { overbookedUnits: 2 }))
      .when(place('r2', { quantity: 1 }))
      .then(placed('r2', { BER: 1 }, { overbookedUnits: 1 }));
  });

  it('is used up still when the units were committed, until stock comes', () => {
    const sold = [...generous, placed('r1', { BER: 5, HAM: 1 }, { overbookedUnits: 3 }), committed('r1', { BER: 5, HAM: 1 })];
    given(...sold)
      .when(place('r2'))
      .thenRefused('overbooking_exhausted', { left: 0 });
    given(...sold, received('BER', 3, { messageId: 'more' }))
      .when(place('r2'))
      .then(placed('r2', { BER: 1 }, { overbookedUnits: 1 }));
  });

  it('is nothing where nobody declared it', () =>
    given(received('BER', 2), allocated('web', { cap: 9 }))
      .when(place('r1', { quantity: 3 }))
      .thenRefused('insufficient_stock', { available: 2 }));
});

describe('a limit per holder', () => {
  const limit = [received('BER', 9), limited({ holderUnits: 3 }), placed('r1', { BER: 2 }, { holderId: 'ann' })];

  it('counts what the holder has open', () => {
    given(...limit)
      .when(place('r2', { holderId: 'ann', quantity: 2 }))
      .thenRefused('holder_limit', { requested: 2, available: 1, holderId: 'ann', limit: 3, open: 2 });
    given(...limit)
      .when(place('r2', { holderId: 'bob', quantity: 3 }))
      .then(placed('r2', { BER: 3 }, { holderId: 'bob' }));
  });

  it('frees the holder when a hold ends, by a commit too', () => {
    for (const end of [committed('r1', { BER: 2 }), released('r1', { BER: 2 })]) {
      given(...limit, end)
        .when(place('r2', { holderId: 'ann', quantity: 3 }))
        .then(placed('r2', { BER: 3 }, { holderId: 'ann' }));
    }
    given(...limit)
      .when(place('r2', { holderId: 'ann', quantity: 3, at: noon }))
      .then(expired('r1', { BER: 2 }), placed('r2', { BER: 3 }, { holderId: 'ann', expiresAt: noon + 2 * hour }));
  });

  it('may be tighter for a channel, and binds nobody who gives no name', () => {
    const tight = [...limit, allocated('web', { holderUnits: 2 })];
    given(...tight)
      .when(place('r2', { ...web, holderId: 'ann' }))
      .thenRefused('holder_limit', { limit: 2, open: 2 });
    given(...tight)
      .when(place('r2', { ...web, quantity: 5 }))
      .then(placed('r2', { BER: 5 }, web));
  });

  it('of several rules, names the tightest', () =>
    given(...limit, allocated('web', { cap: 2 }), allocated('shop', { floor: 6 }))
      .when(place('r2', { ...web, holderId: 'bob', quantity: 4 }))
      .thenRefused('protected_for_channels', { available: 1 }));
});
