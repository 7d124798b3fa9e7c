/** A state as of one event of its stream. */
export interface StoredSnapshot {
  readonly revision: number;
  /** Id of the event at that revision; a snapshot of another history is recognised by it. */
  readonly eventId: string;
  /** Of the codec that wrote it. */
  readonly version: number;
  /** SHA-256 of the JSON, hexadecimal. */
  readonly digest: string;
  readonly json: string;
}

/** Where snapshots are kept. They are disposable: every one can be made again from its stream. */
export interface SnapshotStore {
  load(stream: string): Promise<StoredSnapshot | undefined>;
  /** Keeps the newer one of what is there and what is given. */
  save(stream: string, snapshot: StoredSnapshot): Promise<void>;
}

export class MemorySnapshots implements SnapshotStore {
  private readonly snapshots = new Map<string, StoredSnapshot>();

  async load(stream: string): Promise<StoredSnapshot | undefined> {
    return this.snapshots.get(stream);
  }

  async save(stream: string, snapshot: StoredSnapshot): Promise<void> {
    if ((this.snapshots.get(stream)?.revision ?? -1) < snapshot.revision) this.snapshots.set(stream, snapshot);
  }
}
