export interface PostgresBusOptions {
  /** Of a database reached directly: a pooler that shares sessions breaks LISTEN and the locks of members. */
  readonly connectionString: string;
  /** How long a member that froze keeps its partitions; default 15,000. A killed one loses them as soon as its connection ends. */
  readonly leaseMs?: number;
  /** Slow poll beside the notifications; default 1,000. */
  readonly pollMs?: number;
  /** Pause between rounds of retention and compaction; 0 leaves them to other processes; default 5,000. */
  readonly upkeepMs?: number;
  /** Messages of a compacted topic younger than this are kept all; default 600,000. */
  readonly compactionLagMs?: number;
  /** How long a tombstone stays readable; default 86,400,000. */
  readonly tombstoneMs?: number;
  /** Connections for reading and offsets; default 4. Publishing, listening and upkeep take one each besides. */
  readonly maxConnections?: number;
  /** Called with faults of background work from which the bus recovers by itself. */
  readonly onFault?: (error: unknown) => void;
}

export type Settings = Required<PostgresBusOptions>;

export const settingsOf = (options: PostgresBusOptions): Settings => ({
  leaseMs: 15_000,
  pollMs: 1_000,
  upkeepMs: 5_000,
  compactionLagMs: 600_000,
  tombstoneMs: 86_400_000,
  maxConnections: 4,
  onFault: () => undefined,
  ...options,
});
