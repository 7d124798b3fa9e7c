import type { EncodedAppend } from '../encoding.js';
import { NO_STREAM, START } from '../port.js';
import type { AppendResult, EventMetadata, Position, RecordedEvent } from '../port.js';
import { Signal } from '@holdfast/kit';

/** The log that stores in memory share. */
export class MemoryLog {
  readonly appended = new Signal();
  private readonly events: RecordedEvent[] = [];
  private readonly streams = new Map<string, RecordedEvent[]>();

  get head(): Position {
    return this.events.at(-1)?.position ?? START;
  }

  stream(name: string): readonly RecordedEvent[] {
    return this.streams.get(name) ?? [];
  }

  *after(position: Position): Generator<RecordedEvent> {
    for (let index = Number(position) + 1; ; index += 1) {
      const event = this.events[index];
      if (event === undefined) return;
      yield event;
    }
  }

  append({ stream, expected, events }: EncodedAppend, recordedAt: number): AppendResult {
    const existing = this.streams.get(stream) ?? [];
    const actual = existing.at(-1)?.revision ?? NO_STREAM;
    if (actual !== expected) {
      const last = existing[expected + events.length];
      const same = events.every((event, index) => existing[expected + 1 + index]?.id === event.id);
      if (same && last) return { kind: 'appended', revision: last.revision, position: last.position };
      return { kind: 'conflict', expected, actual };
    }
    for (const { id, type, data, metadata } of events) {
      const recorded: RecordedEvent = {
        id,
        type,
        // Parsed for each read, so that no caller shares an object with the log.
        data: JSON.parse(data) as unknown,
        metadata: JSON.parse(metadata) as EventMetadata,
        stream,
        revision: existing.length,
        position: BigInt(this.events.length),
        recordedAt,
      };
      existing.push(recorded);
      this.events.push(recorded);
    }
    this.streams.set(stream, existing);
    this.appended.raise();
    return { kind: 'appended', revision: existing.length - 1, position: this.head };
  }
}
