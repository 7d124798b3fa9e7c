import { DEFAULT_POLICY, type ChannelPolicy } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/kit';
import type { SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { TenantChannels } from '../channels/tenant-channels.js';
import type { Figure } from '../providers/figures.js';
import type { MappedLocation } from '../providers/provider.js';
import { figuresToMeet, type FigureToMeet } from './figures-to-meet.js';
import { onHandChange } from './on-hand-change.js';

export interface ChannelFigureParts {
  readonly ledger: SkuLedger;
  readonly channels: TenantChannels;
  readonly now: () => number;
}

/** What is booked so that the channel's ATP becomes the figure. */
export interface WantedFigure {
  readonly channel: ChannelRef & { readonly locations: readonly MappedLocation[] };
  readonly sku: string;
  readonly figure: Figure;
  /** What we would send: places where both agree are left alone. */
  readonly ours: Figure;
  /** Names this booking: the same again books nothing. */
  readonly bookingId: string;
  readonly actor: string;
}

/** Makes a figure of a channel ours: books the difference as an adjustment with the reason `channel_figure`, at each place that differs. */
export class ChannelFigures {
  constructor(private readonly parts: ChannelFigureParts) {}

  /** @returns units by which on hand changed @throws Problem 409 where the ledger refuses the adjustment */
  async book(wanted: WantedFigure): Promise<number> {
    const { ledger, channels } = this.parts;
    const { channel, sku, figure, ours } = wanted;
    const [{ state }, { channels: known }] = await Promise.all([
      ledger.read({ tenant: channel.tenant, sku }),
      channels.read(channel.tenant),
    ]);
    const { name = channel.channelId, policy = DEFAULT_POLICY } = known.get(channel.channelId) ?? {};
    let change = 0;
    for (const one of figuresToMeet(figure, ours, channel.locations, state)) change += await this.bookOne(wanted, one, name, policy);
    return change;
  }

  private async bookOne(
    { channel, sku, figure, bookingId, actor }: WantedFigure,
    one: FigureToMeet,
    name: string,
    policy: ChannelPolicy,
  ): Promise<number> {
    const { ledger, now } = this.parts;
    const { state } = await ledger.read({ tenant: channel.tenant, sku });
    const delta = onHandChange(one, state, policy);
    if (delta === 0) return 0;
    const at = now();
    const outcome = await ledger.execute(
      { tenant: channel.tenant, sku },
      {
        type: 'AdjustStock',
        at,
        commandId: uuidOf(`channel figure|${bookingId}|${one.locationId}`),
        locationId: one.locationId,
        delta,
        effectiveAt: at,
        reasonCode: 'channel_figure',
        reason: `${name} shows ${String(figure.quantity)}`,
        mayUncoverPromises: true,
        isFact: true,
      },
      { actor },
    );
    if (outcome.kind === 'accepted') return delta;
    throw new Problem(409, outcome.code, 'The figure of the channel cannot be booked', { details: [outcome.details] });
  }
}
