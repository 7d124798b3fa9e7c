import type { Pool } from 'pg';
import { Problem, type Logger, type Metrics } from '@holdfast/platform';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { HookReading, HookRequest } from '../providers/inbound.js';
import { inTime } from '../providers/within-the-answer.js';
import type { HookAccount, HookAccounts } from './hook-accounts.js';
import { putMessage } from './inbox.js';

export interface HooksParts {
  readonly pool: Pool;
  readonly accounts: HookAccounts;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Told when there is a new message. */
  readonly wakeWork: () => void;
}

/** What a hook is answered: a challenge has a body, a message that was taken has none. */
export type HookAnswer = { readonly body: unknown } | undefined;

/** A message is answered within a second. What is not read by then is to be sent again. */
const MOST_MS = 700;

const refOf = ({ stored: { tenant, channelId } }: HookAccount): ChannelRef => ({ tenant, channelId });

type Outcome = 'taken' | 'repeated' | 'unreadable' | 'challenge' | 'refused' | 'failed';

/** Takes what vendors send. The first channel whose vendor's signature holds takes it; it is stored before it is answered, and worked on later. */
export class HooksService {
  private readonly count: (outcome: Outcome) => void;

  constructor(private readonly parts: HooksParts) {
    const counter = parts.metrics.counter('holdfast_channel_hooks_total', 'Messages that vendors sent to hooks, by what became of them', [
      'outcome',
    ]);
    this.count = (outcome) => counter.labels(outcome).inc();
  }

  /** @throws Problem 401 `hook_refused` where no signature holds, 503 `hook_unverified` where one could not be checked now */
  async take(channelId: string, tenant: string | undefined, request: HookRequest): Promise<HookAnswer> {
    let failed = false;
    // All at the same time: one whose vendor is slow must not keep the message from the others.
    const reads = (await this.parts.accounts.find(channelId, tenant)).map((account) => ({ account, read: this.inTime(account, request) }));
    for (const { account, read } of reads) {
      const reading = await read;
      if (reading === undefined) failed = true;
      else if (reading.kind !== 'refused') return this.taken(account, reading);
      else this.parts.logger.info({ ...refOf(account), says: reading.says }, 'a hook was refused');
    }
    if (failed) {
      this.count('failed');
      throw new Problem(503, 'hook_unverified', 'The message cannot be checked now; send it again', { headers: { 'retry-after': '5' } });
    }
    this.count('refused');
    // No word on what was wrong: whoever may know it, has the secret.
    throw new Problem(401, 'hook_refused', 'The message is not signed by a channel that is known here');
  }

  private async inTime(account: HookAccount, request: HookRequest): Promise<HookReading | undefined> {
    const reading = await inTime(MOST_MS, this.read(account, request));
    if (reading === undefined) this.parts.logger.warn(refOf(account), 'a hook could not be checked in time, or not at all');
    return reading;
  }

  /** Never rejects. */
  private async read(account: HookAccount, request: HookRequest): Promise<HookReading | undefined> {
    const { open } = account;
    if (open === undefined) {
      this.parts.logger.warn(refOf(account), 'a hook could not be checked: the credentials of the channel cannot be unsealed');
      return undefined;
    }
    try {
      return (await open.account.hook?.(request)) ?? { kind: 'refused', says: 'channels of this kind send nothing' };
    } catch (error) {
      this.parts.logger.warn({ err: error, ...refOf(account) }, 'a hook could not be checked');
      return undefined;
    }
  }

  private async taken({ stored }: HookAccount, reading: Exclude<HookReading, { kind: 'refused' }>): Promise<HookAnswer> {
    const { pool, wakeWork } = this.parts;
    switch (reading.kind) {
      case 'challenge':
        this.count('challenge');
        return { body: reading.body };
      case 'unreadable':
        await putMessage(pool, stored, { messageId: reading.messageId, events: [], unreadable: reading.says });
        this.count('unreadable');
        return undefined;
      case 'verified': {
        const isNew = await putMessage(pool, stored, reading);
        this.count(isNew ? 'taken' : 'repeated');
        if (isNew && reading.events.length > 0) wakeWork();
        return undefined;
      }
      default:
        return reading satisfies never;
    }
  }
}
