import type { Admin } from 'kafkajs';
import { GrowingPause } from '@holdfast/kit';
import { createClient, type Client } from './client.js';
import { isSettling, reaching } from './faults.js';
import type { Settings } from './options.js';

interface Opened {
  readonly client: Client;
  readonly admin: Promise<Admin>;
  /** Questions under way. */
  asking: number;
}

const SETTLED_WITHIN_MS = 10_000;

/** The connection for questions about topics and groups; made at the first question, and anew after a fault. */
export class AdminConnection {
  private opened: Opened | undefined;
  private readonly closing = new AbortController();

  constructor(private readonly settings: Settings) {}

  /**
   * Asks, and asks again while a partition that is new or moving has no leader: a question must bear to be repeated.
   * @throws BusUnavailable
   */
  ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    const until = performance.now() + SETTLED_WITHIN_MS;
    const growing = new GrowingPause(50, 1_000);
    return reaching(async () => {
      for (;;) {
        try {
          return await this.askOnce(question);
        } catch (error) {
          if (!isSettling(error) || performance.now() > until || this.closing.signal.aborted) throw error;
          await growing.wait(this.closing.signal);
        }
      }
    });
  }

  async close(): Promise<void> {
    this.closing.abort();
    const opened = this.opened;
    this.opened = undefined;
    if (opened) await end(opened);
  }

  private async askOnce<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    const opened = (this.opened ??= this.open());
    opened.asking += 1;
    try {
      return await question(await opened.admin);
    } catch (error) {
      // The next one asks by a new connection, which knows the cluster as it is then.
      if (this.opened === opened) this.opened = undefined;
      throw error;
    } finally {
      opened.asking -= 1;
      if (opened.asking === 0 && this.opened !== opened) await end(opened);
    }
  }

  private open(): Opened {
    const client = createClient(this.settings);
    const connected = async (): Promise<Admin> => {
      const admin = client.kafka.admin();
      await admin.connect();
      return admin;
    };
    return { client, admin: connected(), asking: 0 };
  }
}

async function end({ admin, client }: Opened): Promise<void> {
  await admin.then((connected) => connected.disconnect()).catch(() => undefined);
  client.destroy();
}
