import type { SnapshotStore, StoredSnapshot } from '@holdfast/ledger';
import type { Faults } from '../faults.js';
import type { Life } from '../life.js';
import { reach } from './reach.js';

const unknown = (): Error => new Error('the simulated snapshots did not answer');

/** Snapshots for one life of a process. */
export const simulatedSnapshots = (kept: SnapshotStore, life: Life, faults: Faults): SnapshotStore => ({
  // A reader in a dead process gets an error. Otherwise it would wait with a platform timer, which would outlive the run; its later calls
  // reach nothing.
  load: (stream: string) =>
    Promise.race([
      reach(life, faults, () => kept.load(stream), unknown),
      life.ended.then(() => {
        throw unknown();
      }),
    ]),
  save: (stream: string, snapshot: StoredSnapshot) => reach(life, faults, () => kept.save(stream, snapshot), unknown),
});
