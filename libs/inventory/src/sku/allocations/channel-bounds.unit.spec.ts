import { adjusted, allocated, committed, limited, placed, received, released } from '../../../test/events.js';
import { fold } from '../../../test/given.js';
import { boundOfChannel, channelBounds } from './channel-bounds.js';

describe('what each channel may promise', () => {
  it('is not told for a SKU without limits', () => expect(channelBounds(fold([received('BER', 5)]))).toBeUndefined());

  it('is what its cap leaves: open and committed units count, released ones do not', () => {
    const story = [received('BER', 20), allocated('web', { cap: 6 }), placed('r1', { BER: 3 }, { channelId: 'web' })];
    expect(channelBounds(fold(story))).toEqual({ others: { units: 17 }, channels: { web: { units: 3, code: 'channel_cap' } } });
    expect(channelBounds(fold([...story, committed('r1', { BER: 3 })]))?.channels).toEqual({ web: { units: 3, code: 'channel_cap' } });
    expect(channelBounds(fold([...story, released('r1', { BER: 3 })]))?.channels).toEqual({ web: { units: 6, code: 'channel_cap' } });
  });

  it('is what the floors of other channels leave, and its own floor keeps nothing from it', () => {
    const bounds = channelBounds(fold([received('BER', 10), allocated('web', { floor: 4 }), allocated('shop', { floor: 3 })]));
    expect(bounds).toEqual({
      others: { units: 3, code: 'protected_for_channels' },
      channels: { web: { units: 7, code: 'protected_for_channels' }, shop: { units: 6, code: 'protected_for_channels' } },
    });
  });

  it('is never more than what is free and not owed, and without the budget for overbooking', () => {
    const owing = [received('BER', 3), received('HAM', 5), placed('r1', { BER: 3 }), adjusted('BER', -3), allocated('web', { cap: 9 })];
    expect(channelBounds(fold(owing))).toEqual({ others: { units: 2 }, channels: { web: { units: 2 } } });
    expect(channelBounds(fold([received('BER', 3), limited({ overbookingUnits: 4 })]))?.others).toEqual({ units: 3 });
  });

  it('is that of the others for a channel without an allocation, whatever its id', () => {
    const bounds = channelBounds(fold([received('BER', 10), allocated('web', { cap: 1, floor: 1 })])) ?? {
      others: { units: 0 },
      channels: {},
    };
    expect(['web', 'app', 'constructor'].map((id) => boundOfChannel(bounds, id).units)).toEqual([1, 9, 9]);
  });
});
