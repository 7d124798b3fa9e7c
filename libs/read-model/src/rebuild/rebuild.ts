import type { ClientBase, Pool } from 'pg';
import type { EventStore, Position } from '@holdfast/event-store';
import { READ_MODEL, checkedSchema } from '../schema-name.js';
import { listSetAside } from '../set-aside/set-aside-streams.js';
import { readCheckpoint } from '../storage/checkpoint.js';
import { migrateReadModel } from '../storage/migrate.js';
import { inTransaction } from '@holdfast/kit';
import { copyVersions } from './carry-versions.js';
import { catchUp } from './catch-up.js';
import { digest } from './digest.js';
import { withRebuildLock } from './rebuild-lock.js';
import { swap } from './swap.js';

export type RebuildPhase = 'reading' | 'comparing' | 'catching_up' | 'swapping';

export interface RebuildProgress {
  readonly phase: RebuildPhase;
  /** Events projected so far. */
  readonly events: number;
  readonly position: Position;
  /** Position at which the tables are compared. */
  readonly target: Position;
}

export interface RebuildOptions {
  readonly connectionString: string;
  readonly pool: Pool;
  readonly eventStore: EventStore;
  /** Live schema; default `read_model`. */
  readonly schema?: string;
  /** False: compare only, leave the live tables alone. */
  readonly swap: boolean;
  readonly onProgress?: (progress: RebuildProgress) => void;
  readonly signal?: AbortSignal;
}

export interface RebuildResult {
  readonly events: number;
  /** Position at which both were compared. */
  readonly position: Position;
  readonly liveDigest: string;
  readonly rebuiltDigest: string;
  readonly equal: boolean;
  readonly swapped: boolean;
  /** Rows whose figures differed or were missing; their topic keys were given a new version. 0 without a swap. */
  readonly corrected: number;
  /** Streams with an event that cannot be projected, in the live tables and in the rebuilt ones. */
  readonly setAside: { readonly live: number; readonly rebuilt: number };
}

/** Few enough to be projected while the live projector waits. */
const SHORT_GAP_EVENTS = 1_000;
const MAX_ROUNDS = 20;

/**
 * Builds the read model anew from the events, beside the live one, compares both as of the same event, and puts it in its place.
 * Sales and reads continue meanwhile; the live projector waits only during the swap. Streams that were set aside are tried
 * again; tables that would show less than the live ones, as they set aside a stream that those show, are not swapped in.
 * @throws RebuildRunning when one is under way already, in whatever process
 */
export async function rebuild(options: RebuildOptions): Promise<RebuildResult> {
  const live = checkedSchema(options.schema ?? READ_MODEL);
  return withRebuildLock(options.connectionString, live, () => rebuildBeside(options, live, `${live}_next`));
}

async function rebuildBeside(options: RebuildOptions, live: string, next: string): Promise<RebuildResult> {
  const { pool, eventStore, connectionString } = options;
  await pool.query(`DROP SCHEMA IF EXISTS ${next} CASCADE`);
  await migrateReadModel(connectionString, next);
  const of = await liveDigest(pool, live);

  let events = 0;
  const report = (phase: RebuildPhase, position: Position): void => {
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase, events, position, target: of.position });
  };
  const project = (phase: RebuildPhase, until: Position): Promise<number> => {
    const onPage = (page: { readonly events: number; readonly position: Position }): void => {
      events += page.events;
      report(phase, page.position);
    };
    return catchUp({ pool, schema: next, eventStore, onPage }, until);
  };

  await project('reading', of.position);
  report('comparing', of.position);
  await pool.query(`ANALYZE ${next}.stock, ${next}.channel_atp`);
  const rebuiltDigest = await digest(pool, next);
  const rebuilt = await setAsideStreams(pool, next);
  const setAside = { live: of.setAside.length, rebuilt: rebuilt.length };
  const compared = { position: of.position, liveDigest: of.digest, rebuiltDigest, equal: of.digest === rebuiltDigest, setAside };
  const isWorse = rebuilt.some((stream) => !of.setAside.includes(stream));
  if (!options.swap || isWorse) {
    await pool.query(`DROP SCHEMA ${next} CASCADE`);
    return { ...compared, events, swapped: false, corrected: 0 };
  }

  await copyVersions(pool, live, next);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const caughtUp = await project('catching_up', (await readCheckpoint(pool, live)).position);
    if (caughtUp < SHORT_GAP_EVENTS) break;
  }
  report('swapping', of.position);
  const corrected = await swap({ pool, live, next, catchUp: async (until) => void (await project('swapping', until)) });
  return { ...compared, events, swapped: true, corrected };
}

const setAsideStreams = async (database: Pool | ClientBase, schema: string): Promise<readonly string[]> =>
  (await listSetAside(database, schema)).map(({ stream }) => stream);

/** Digest of the live tables and the position that it belongs to, without holding the projector up. */
const liveDigest = (pool: Pool, schema: string): Promise<{ position: Position; digest: string; setAside: readonly string[] }> =>
  inTransaction(
    pool,
    async (client) => ({
      position: (await readCheckpoint(client, schema)).position,
      digest: await digest(client, schema),
      setAside: await setAsideStreams(client, schema),
    }),
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
