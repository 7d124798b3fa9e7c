import type { Bus, BusSubscription, BusTail, OutgoingMessage } from '@holdfast/messaging';
import { BusUnavailable } from '@holdfast/messaging';

export interface Published {
  readonly topic: string;
  readonly key: string;
  readonly event: { readonly id: string; readonly type: string; readonly data: Readonly<Record<string, unknown>> };
}

/** Keeps what was published, and can be away, or take messages and lose the answer. */
export class RecordingBus implements Bus {
  readonly published: Published[] = [];
  mode: 'works' | 'away' | 'takes_and_fails' = 'works';
  /** Messages that can never be taken. */
  refuses: (message: OutgoingMessage) => boolean = () => false;
  /** Called before each publication. */
  onPublish: (topic: string) => Promise<void> = async () => undefined;

  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    await this.onPublish(topic);
    if (this.mode === 'away') throw new BusUnavailable('away');
    if (messages.some(this.refuses)) throw Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE' });
    for (const { key, value } of messages) {
      if (value !== null) this.published.push({ topic, key, event: JSON.parse(value) as Published['event'] });
    }
    if (this.mode === 'takes_and_fails') throw new BusUnavailable('the answer was lost');
  }

  on(topic: string): readonly Published[] {
    return this.published.filter((message) => message.topic === topic);
  }

  /** Versions published of each key, in order. */
  versions(topic: string): Readonly<Record<string, readonly number[]>> {
    const versions: Record<string, number[]> = {};
    for (const { key, event } of this.on(topic)) (versions[key] ??= []).push(Number(event.data['version']));
    return versions;
  }

  async ensureTopics(): Promise<void> {
    return undefined;
  }

  async consume(): Promise<BusSubscription> {
    return { stop: async () => undefined };
  }

  async tail(): Promise<BusTail> {
    return { stop: async () => undefined, nextOffsets: () => ({}) };
  }

  async ping(): Promise<void> {
    return undefined;
  }

  async close(): Promise<void> {
    return undefined;
  }
}

/** The first place where a version was left out, undefined when each key counts up one by one; repeats of a version are allowed. */
export function gapIn(versions: Readonly<Record<string, readonly number[]>>): string | undefined {
  for (const [key, counted] of Object.entries(versions)) {
    let newest = 0;
    for (const version of counted) {
      if (version > newest + 1) return `${key}: ${version} after ${newest}`;
      newest = Math.max(newest, version);
    }
  }
  return undefined;
}
