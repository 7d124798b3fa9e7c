import type { SnapshotStore, StoredSnapshot } from '@holdfast/ledger';
import type { Faults } from '../faults.js';
import type { Life } from '../life.js';
import { reach } from './reach.js';

const unknown = (): Error => new Error('the simulated snapshots did not answer');

/** Snapshots as one life of a process sees them. */
export const simulatedSnapshots = (kept: SnapshotStore, life: Life, faults: Faults): SnapshotStore => ({
  // A reader that is dead gets an error: it waits with a timer of the platform, which would outlive the run. What it does next reaches nothing.
  load: (stream: string) =>
    Promise.race([
      reach(life, faults, () => kept.load(stream), unknown),
      life.ended.then(() => {
        throw unknown();
      }),
    ]),
  save: (stream: string, snapshot: StoredSnapshot) => reach(life, faults, () => kept.save(stream, snapshot), unknown),
});
