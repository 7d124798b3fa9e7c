import type { Logger } from '@holdfast/platform';
import type { Inbox } from './inbox.js';

/** Longer than either topic keeps a message, so that none comes again that was forgotten here. */
const KEPT_DAYS = 90;
const EVERY_MS = 3_600_000;

/** Forgets what the inbox need not know any more. */
export class Upkeep {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly inbox: Inbox,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.run(), EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async run(): Promise<void> {
    try {
      await this.inbox.forgetOlderThan(KEPT_DAYS);
    } catch (error) {
      this.logger.warn({ err: error }, 'the inbox could not be tidied; trying again in an hour');
    }
  }
}
