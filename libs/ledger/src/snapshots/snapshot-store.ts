/** A state as of one event of its stream. */
export interface StoredSnapshot {
  readonly revision: number;
  /** Id of the event at that revision; it shows whether the snapshot belongs to this history. */
  readonly eventId: string;
  /** Version of the codec that wrote it. */
  readonly version: number;
  /** SHA-256 of the JSON, hexadecimal. */
  readonly digest: string;
  readonly json: string;
}

/** Storage of snapshots. They can be deleted: each can be made again from its stream. */
export interface SnapshotStore {
  load(stream: string): Promise<StoredSnapshot | undefined>;
  /** Stores the snapshot unless a newer one is stored. */
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
