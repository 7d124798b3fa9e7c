import type { Admin } from 'kafkajs';
import { GrowingPause } from '@holdfast/kit';
import { createClient, type Client } from './client.js';
import { isSettling, reaching } from './faults.js';
import type { Settings } from './options.js';

interface Opened {
  readonly client: Client;
  readonly admin: Promise<Admin>;
  /** Number of running requests. */
  asking: number;
}

const SETTLED_WITHIN_MS = 10_000;

/** The connection for requests about topics and groups; opened at the first request, and again after a fault. */
export class AdminConnection {
  private opened: Opened | undefined;
  private readonly closing = new AbortController();

  constructor(private readonly settings: Settings) {}

  /**
   * Sends a request, and repeats it while a new or moving partition has no leader; the request must be safe to repeat.
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
      // The next request opens a new connection, which reads the cluster's present state.
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
