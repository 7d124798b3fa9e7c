import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Accounts } from '../accounts/open-account.js';
import type { DeliveryTimings } from '../delivery/timings.js';
import { onGone } from '../hooks/event-effects.js';
import { MAX_PAGES_PER_POLL } from '../limits.js';
import type { AccountVerdict } from '../providers/write.js';
import { POLL_MESSAGE, pollAgain, polledChannel, storePage } from './polling-table.js';

export interface PollerParts {
  readonly pool: Pool;
  readonly accounts: Accounts;
  readonly timings: Pick<DeliveryTimings, 'channelPollMs' | 'unauthorizedMs'>;
  readonly newId: () => string;
  /** Told when events were stored. */
  readonly wakeWork: () => void;
}

/** Polls a channel; what went wrong is written down, and it is asked again at its interval. */
export async function pollChannel(parts: PollerParts, channel: ChannelRef, stopping: AbortSignal, check: () => void): Promise<void> {
  try {
    await poll(parts, channel, stopping, check);
  } catch (error) {
    await pollAgain(parts.pool, channel, parts.timings.channelPollMs, error instanceof Error ? error.message : 'it failed');
    throw error;
  }
}

/** Asks one channel for what happened since the last poll, page by page, and sets when it is asked next. */
async function poll(parts: PollerParts, channel: ChannelRef, stopping: AbortSignal, check: () => void): Promise<void> {
  const { pool, accounts, timings, newId, wakeWork } = parts;
  const stored = await polledChannel(pool, channel);
  if (stored === undefined) return;
  const { account, provider } = accounts.open(stored, stopping);
  let { cursor } = stored;
  for (let pages = 0; pages < MAX_PAGES_PER_POLL && !stopping.aborted; pages += 1) {
    if (account.poll === undefined) break;
    const page = await account.poll(cursor);
    check();
    await storePage(pool, stored, {
      messageId: `${POLL_MESSAGE} ${newId()}`,
      events: page.events,
      cursor: page.cursor,
      ordersBehindMs: page.ordersBehindMs,
      orderListedMs: provider.orderListedMs,
    });
    if (page.events.length > 0) wakeWork();
    await page.done?.();
    cursor = page.cursor;
    if (page.account.kind !== 'ok') return follow(parts, channel, page.account);
    if (!page.more) break;
  }
  // Where it was stopped half way, another process goes on at once.
  if (!stopping.aborted) await pollAgain(pool, channel, timings.channelPollMs, null);
}

async function follow({ pool, timings }: PollerParts, channel: ChannelRef, verdict: AccountVerdict): Promise<void> {
  switch (verdict.kind) {
    case 'ok':
      return;
    case 'slow_down':
    case 'failed':
      return pollAgain(pool, channel, Math.max(verdict.retryAfterMs, timings.channelPollMs), verdict.says);
    case 'narrow':
      return pollAgain(pool, channel, timings.channelPollMs, verdict.says);
    case 'unauthorized':
      return pollAgain(pool, channel, Math.max(timings.unauthorizedMs, timings.channelPollMs), verdict.says);
    case 'gone':
      return onGone(pool, channel, verdict.says);
    default:
      return verdict satisfies never;
  }
}
