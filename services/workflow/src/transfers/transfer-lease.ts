import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { Problem } from '@holdfast/platform';
import type { TransferRef } from './transfer-streams.js';

export interface LeaseTimes {
  readonly leaseMs: number;
  /** How long to wait for whoever has it. */
  readonly patienceMs: number;
}

export const LEASE_TIMES: LeaseTimes = { leaseMs: 15_000, patienceMs: 5_000 };
const LOOK_MS = 50;

const TAKE = `
  INSERT INTO workflow.transfer_lease AS l (tenant, transfer_id, owner, lease_until)
  VALUES ($1, $2, $3, now() + $4 * interval '1 millisecond')
  ON CONFLICT (tenant, transfer_id) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until
  WHERE l.owner = excluded.owner OR l.lease_until < now()`;

/** What whoever works on a transfer holds. */
export interface TransferLease {
  /** Keeps the lease alive. @throws when another took it; then nothing more may be done */
  prolong(): Promise<void>;
}

/**
 * One at a time works on a transfer among all processes: shipping and sending back what another is shipping would leave units on no way at all.
 * A lease, and no lock of a connection, so that many transfers under way do not use up the connections that their SKUs need.
 */
export class TransferLeases {
  constructor(
    private readonly pool: Pool,
    private readonly times: LeaseTimes = LEASE_TIMES,
  ) {}

  /** @throws Problem 409 `transfer_busy` when somebody else works on it for longer than is worth waiting */
  async hold<Result>(ref: TransferRef, work: (lease: TransferLease) => Promise<Result>): Promise<Result> {
    const owner = randomUUID();
    for (let waited = 0; !(await this.take(ref, owner)); waited += LOOK_MS) {
      if (waited >= this.times.patienceMs)
        throw new Problem(409, 'transfer_busy', 'Somebody else is working on this transfer; try again shortly');
      await pause(LOOK_MS);
    }
    try {
      return await work({ prolong: () => this.prolong(ref, owner) });
    } finally {
      await this.release(ref, owner);
    }
  }

  private async prolong(ref: TransferRef, owner: string): Promise<void> {
    if (!(await this.take(ref, owner))) throw new Error(`transfer ${ref.transferId} was taken over`);
  }

  private async take({ tenant, transferId }: TransferRef, owner: string): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      name: 'take-transfer',
      text: TAKE,
      values: [tenant, transferId, owner, this.times.leaseMs],
    });
    return rowCount === 1;
  }

  private async release({ tenant, transferId }: TransferRef, owner: string): Promise<void> {
    await this.pool.query('DELETE FROM workflow.transfer_lease WHERE tenant = $1 AND transfer_id = $2 AND owner = $3', [
      tenant,
      transferId,
      owner,
    ]);
  }
}
