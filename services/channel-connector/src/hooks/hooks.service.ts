import type { Pool } from 'pg';
import { Problem, type Logger, type Metrics } from '@holdfast/platform';
import type { HookReading, HookRequest } from '../providers/inbound.js';
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
    for (const account of await this.parts.accounts.find(channelId, tenant)) {
      const reading = await this.read(account, request);
      if (reading === undefined) failed = true;
      else if (reading.kind !== 'refused') return this.taken(account, reading);
    }
    if (failed) {
      this.count('failed');
      throw new Problem(503, 'hook_unverified', 'The message cannot be checked now; send it again', { headers: { 'retry-after': '5' } });
    }
    this.count('refused');
    // No word on what was wrong: whoever may know it, has the secret.
    throw new Problem(401, 'hook_refused', 'The message is not signed by a channel that is known here');
  }

  private async read({ stored, open }: HookAccount, request: HookRequest): Promise<HookReading | undefined> {
    const { tenant, channelId } = stored;
    if (open === undefined) {
      this.parts.logger.warn({ tenant, channelId }, 'a hook could not be checked: the credentials of the channel cannot be unsealed');
      return undefined;
    }
    try {
      const reading = (await open.account.hook?.(request)) ?? { kind: 'refused', says: 'channels of this kind send nothing' };
      if (reading.kind === 'refused') this.parts.logger.info({ tenant, channelId, says: reading.says }, 'a hook was refused');
      return reading;
    } catch (error) {
      this.parts.logger.warn({ err: error, tenant, channelId }, 'a hook could not be checked');
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
