import type { components } from '../generated/messages.js';
import type { ServerSentEvent } from './server-sent-events.js';

type Messages = components['schemas'];
export type ChangeTopic = keyof Messages;

interface ChangeOf<Topic extends ChangeTopic> {
  /** Sent as `resume`, the stream goes on after this change. */
  readonly token: string;
  readonly topic: Topic;
  readonly event: Messages[Topic];
  /** Versions before this one were not told: only the newest of each is kept for readers who were away. */
  readonly skipped: boolean;
}

/** A change of the stock at a location, or of what a channel may promise. Figures are absolute. */
export type Change = { [Topic in ChangeTopic]: ChangeOf<Topic> }[ChangeTopic];

/** The stream is open: what is read from now on and changes later is told. */
export interface Opened {
  readonly topic: 'hello';
  readonly token: string;
}

const isChange = (value: { readonly topic: string }): value is Change => value.topic.startsWith('inventory.');

/** What each key's newest version is, so that one that was told before is not told again. */
class Versions {
  private readonly newest = new Map<string, number>();

  /** How many versions lie between; 0 for one that was told before. */
  step({ topic, event: { data } }: Change): number {
    const key = [topic, data.sku, 'channelId' in data ? data.channelId : data.locationId].join('|');
    const before = this.newest.get(key);
    if (before !== undefined && data.version <= before) return 0;
    this.newest.set(key, data.version);
    return before === undefined ? 1 : data.version - before;
  }
}

/** Reads the changes of a stream's events; each version of a key once. */
export async function* changesOf(events: AsyncIterable<ServerSentEvent>): AsyncGenerator<Change | Opened> {
  const versions = new Versions();
  for await (const { token = '', event: topic, data } of events) {
    if (topic === 'hello') yield { topic, token };
    const change = { token, topic, event: JSON.parse(data) as unknown, skipped: false } as Change;
    if (!isChange(change)) continue;
    const step = versions.step(change);
    if (step > 0) yield step > 1 ? { ...change, skipped: true } : change;
  }
}

/** Without the marks that the stream was opened. */
export async function* onlyChanges(changes: AsyncIterable<Change | Opened>): AsyncGenerator<Change> {
  for await (const each of changes) if (isChange(each)) yield each;
}
