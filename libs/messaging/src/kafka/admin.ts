import type { Admin } from 'kafkajs';
import { createClient, type Client } from './client.js';
import { reaching } from './faults.js';
import type { Settings } from './options.js';

/** The connection for questions about topics and groups; made at the first question, and anew after a fault. */
export class AdminConnection {
  private opened: { readonly client: Client; readonly admin: Promise<Admin> } | undefined;

  constructor(private readonly settings: Settings) {}

  /** @throws BusUnavailable */
  ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    return reaching(async () => {
      this.opened ??= this.open();
      const { admin } = this.opened;
      try {
        return await question(await admin);
      } catch (error) {
        await this.close();
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = undefined;
    if (!opened) return;
    await opened.admin.then((admin) => admin.disconnect()).catch(() => undefined);
    opened.client.destroy();
  }

  private open(): { readonly client: Client; readonly admin: Promise<Admin> } {
    const client = createClient(this.settings);
    const connected = async (): Promise<Admin> => {
      const admin = client.kafka.admin();
      await admin.connect();
      return admin;
    };
    return { client, admin: connected() };
  }
}
