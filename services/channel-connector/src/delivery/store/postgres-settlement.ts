import type { BackOff } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ChannelRef } from '../../accounts/channel-ref.js';
import type { Figure } from '../../providers/figures.js';
import type { SettledListing } from '../settled.js';
import type { Settlement } from './delivery-store.js';
import { CONFIRM, PAUSED, READ_BACK, SETTLE } from './settle-statements.js';

/** The statements are planned anew each time: a plan kept from when the tables were small would visit every row for each listing. */
export class PostgresSettlement implements Settlement {
  constructor(
    private readonly pool: Pool,
    private readonly owner: string,
    private readonly backOff: BackOff,
  ) {}

  async settle(channel: ChannelRef, listings: readonly SettledListing[], healthy: boolean): Promise<void> {
    if (listings.length > 0 || healthy) await this.pool.query(SETTLE, [...this.values(channel, listings), healthy]);
  }

  async confirm(channel: ChannelRef, listings: readonly SettledListing[]): Promise<void> {
    if (listings.length > 0) await this.pool.query(CONFIRM, this.values(channel, listings));
  }

  async readBack({ tenant, channelId }: ChannelRef, figures: ReadonlyMap<string, Figure>): Promise<void> {
    const entries = [...figures].map(([listingId, figure]) => ({ listingId, figure }));
    if (entries.length > 0) await this.pool.query(READ_BACK, [tenant, channelId, this.owner, JSON.stringify(entries)]);
  }

  async pause(channel: ChannelRef, fault: string, pauseMs: number): Promise<void> {
    await this.pool.query(PAUSED, [channel.tenant, channel.channelId, this.owner, fault, pauseMs, false, true]);
  }

  async wait(channel: ChannelRef, says: string, waitMs: number): Promise<void> {
    await this.pool.query(PAUSED, [channel.tenant, channel.channelId, this.owner, says, waitMs, false, false]);
  }

  async gone(channel: ChannelRef, fault: string): Promise<void> {
    await this.pool.query(PAUSED, [channel.tenant, channel.channelId, this.owner, fault, 0, true, true]);
  }

  private values({ tenant, channelId }: ChannelRef, listings: readonly SettledListing[]): unknown[] {
    return [tenant, channelId, this.owner, JSON.stringify(listings), this.backOff.firstMs, this.backOff.mostMs];
  }
}
