import { chooseLocation, DEFAULT_POLICY, MAIN_LOCATION } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/kit';
import type { SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { TenantChannels } from '../channels/tenant-channels.js';
import type { Figure } from '../providers/figures.js';
import type { MappedLocation } from '../providers/provider.js';
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
  /** Figure that we would send, by place; where exactly one place differs, the difference lies there. */
  readonly ours: Figure;
  /** Names this booking: the same again books nothing. */
  readonly bookingId: string;
  readonly actor: string;
}

/** Makes a figure of a channel ours: books the difference as an adjustment with the reason `channel_figure`. */
export class ChannelFigures {
  constructor(private readonly parts: ChannelFigureParts) {}

  /** @returns units by which on hand changed @throws Problem 409 where the ledger refuses the adjustment */
  async book({ channel, sku, figure, ours, bookingId, actor }: WantedFigure): Promise<number> {
    const { ledger, channels, now } = this.parts;
    const [{ state }, { channels: known }] = await Promise.all([
      ledger.read({ tenant: channel.tenant, sku }),
      channels.read(channel.tenant),
    ]);
    const found = known.get(channel.channelId);
    const locationId = placeOf(figure, ours, channel.locations) ?? locationOf(state);
    const delta = onHandChange(figure.quantity, locationId, state, found?.policy ?? DEFAULT_POLICY);
    if (delta === 0) return 0;
    const at = now();
    const outcome = await ledger.execute(
      { tenant: channel.tenant, sku },
      {
        type: 'AdjustStock',
        at,
        commandId: uuidOf(`channel figure|${bookingId}`),
        locationId,
        delta,
        effectiveAt: at,
        reasonCode: 'channel_figure',
        reason: `${found?.name ?? channel.channelId} shows ${String(figure.quantity)}`,
        mayUncoverPromises: true,
      },
      { actor },
    );
    if (outcome.kind === 'accepted') return delta;
    throw new Problem(409, outcome.code, 'The figure of the channel cannot be booked', { details: [outcome.details] });
  }
}

/** Our location of the one place whose figure differs, where it stands for one location alone. */
function placeOf(theirs: Figure, ours: Figure, locations: readonly MappedLocation[]): string | undefined {
  const differing = theirs.parts.filter(
    ({ remoteId, quantity }) => (ours.parts.find((part) => part.remoteId === remoteId)?.quantity ?? 0) !== quantity,
  );
  const [place, ...others] = differing;
  if (place === undefined || others.length > 0) return undefined;
  const [location, ...more] = locations.filter(({ remoteId }) => remoteId === place.remoteId);
  return more.length > 0 ? undefined : location?.locationId;
}

/** The SKU's only location, else the tenant's default one. */
function locationOf(state: Parameters<typeof chooseLocation>[0]): string {
  const choice = chooseLocation(state);
  return choice.kind === 'chosen' ? choice.locationId : MAIN_LOCATION.locationId;
}
