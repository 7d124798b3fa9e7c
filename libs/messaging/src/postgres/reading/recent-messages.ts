import { hasHeaders, NO_HEADERS } from '../../headers.js';
import type { IncomingMessage, OutgoingMessage } from '../../port.js';
import type { Head } from '../topics.js';

/** Messages of a partition that are kept; a reader who is further behind reads the log. */
const KEPT_MESSAGES = 1_024;
/** Characters of a partition's messages that are kept. */
const KEPT_CHARACTERS = 2_000_000;

interface Kept {
  /** Sequence number of the first one. Those behind it follow without a gap. */
  from: number;
  messages: IncomingMessage[];
  characters: number;
}

/** The newest messages that this process published, so that readers in the same process need not query the database. */
export class RecentMessages {
  private readonly heads = new Map<number, Kept>();

  /** @param isRead whether this process reads the head; messages of other heads are not kept */
  constructor(private readonly isRead: (head: number) => boolean) {}

  /** Messages that a commit has stored, the last of them right before `end`. @param at epoch milliseconds */
  add(head: Head, end: number, at: number, messages: readonly OutgoingMessage[]): void {
    if (!this.isRead(head.id)) {
      this.heads.delete(head.id);
      return;
    }
    const from = end - messages.length;
    const kept = this.continuing(head.id, from);
    for (const [index, message] of messages.entries()) {
      kept.messages.push(incoming(head, from + index, at, message));
      kept.characters += sizeOf(message);
    }
    if (kept.messages.length > 2 * KEPT_MESSAGES || kept.characters > 2 * KEPT_CHARACTERS) shorten(kept);
  }

  /** At most `limit` messages from a sequence number on; undefined where the first of them is not kept. */
  from(head: number, seq: number, limit: number): readonly IncomingMessage[] | undefined {
    const kept = this.heads.get(head);
    if (!kept || seq < kept.from || seq >= kept.from + kept.messages.length) return undefined;
    return kept.messages.slice(seq - kept.from, seq - kept.from + limit);
  }

  /** Another process may have published in between: then the kept messages do not continue the log, and are dropped. */
  private continuing(head: number, from: number): Kept {
    const kept = this.heads.get(head);
    if (kept && kept.from + kept.messages.length === from) return kept;
    const begun: Kept = { from, messages: [], characters: 0 };
    this.heads.set(head, begun);
    return begun;
  }
}

const sizeOf = ({ key, value }: { readonly key: string; readonly value: string | null }): number => key.length + (value?.length ?? 0);

function shorten(kept: Kept): void {
  let cut = 0;
  for (const message of kept.messages) {
    if (kept.messages.length - cut <= KEPT_MESSAGES && kept.characters <= KEPT_CHARACTERS) break;
    kept.characters -= sizeOf(message);
    cut += 1;
  }
  kept.messages = kept.messages.slice(cut);
  kept.from += cut;
}

function incoming({ topic, partition }: Head, seq: number, at: number, message: OutgoingMessage): IncomingMessage {
  const headers = hasHeaders(message) ? { ...message.headers } : NO_HEADERS;
  return { topic, partition, offset: String(seq), timestamp: at, key: message.key, value: message.value, headers };
}
