import type { GroupCommit } from '@holdfast/kit';
import type pg from 'pg';
import { commitsOf } from '../../publishing/commits.js';
import { reaching } from '../faults.js';

/** How far a member has come in a partition. */
interface Offset {
  readonly group: number;
  readonly head: number;
  readonly member: number;
  readonly nextSeq: number;
}

interface Storing extends Offset {
  /** Told whether the partition was still the member's. */
  readonly stored: (isOwner: boolean) => void;
}

const STORE = {
  name: 'bus_store_offsets',
  text: `
    update bus.offsets o set next_seq = given.next_seq
    from unnest($1::int4[], $2::int4[], $3::int4[], $4::int8[]) as given (group_id, head_id, member, next_seq)
    where o.group_id = given.group_id and o.head_id = given.head_id and o.owner = given.member
    returning o.group_id as "group", o.head_id as head`,
};
const MAX_WAITING = 100_000;

/** Stores the offsets of all partitions that this process reads; those that come at the same time go in one statement. */
export class Offsets {
  private readonly commits: GroupCommit<Storing>;

  constructor(private readonly pool: pg.Pool) {
    const store = (offsets: readonly Storing[]): Promise<void> => this.storeAll(offsets);
    this.commits = commitsOf({ commit: store, sizeOf: () => 1, maxGroupSize: 500, maxWaitingSize: MAX_WAITING });
  }

  /** @returns false where the partition is another member's by now: nothing was stored */
  async store(offset: Offset): Promise<boolean> {
    let isOwner = false;
    await this.commits.add({ ...offset, stored: (mine) => (isOwner = mine) });
    return isOwner;
  }

  /** Each partition has one worker, which waits for the answer, so none comes twice. */
  private async storeAll(offsets: readonly Storing[]): Promise<void> {
    const values = [
      offsets.map(({ group }) => group),
      offsets.map(({ head }) => head),
      offsets.map(({ member }) => member),
      offsets.map(({ nextSeq }) => nextSeq),
    ];
    const { rows } = await reaching(() => this.pool.query<{ group: number; head: number }>({ ...STORE, values }));
    const kept = new Set(rows.map(({ group, head }) => `${String(group)}/${String(head)}`));
    for (const { group, head, stored } of offsets) stored(kept.has(`${String(group)}/${String(head)}`));
  }
}
