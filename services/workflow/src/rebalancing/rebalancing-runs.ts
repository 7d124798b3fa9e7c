import { randomUUID } from 'node:crypto';
import { ProcessBusy, type Chore, type ProcessTable } from '@holdfast/kit';
import { isOpenProposal, nextNight, proposalsOf, type ProposedMove } from '@holdfast/warehouse';
import { readPictures, type PictureParts } from './pictures.js';
import type { RebalancingProcess } from './rebalancing-process.js';
import { RUN_ACTOR, type PolicyRef, type RebalancingOutcome, type RebalancingStreams } from './rebalancing-streams.js';
import type { RebalancingTable } from './rebalancing-table.js';

/** Times that a run reads again where another run or a person changed the policy between reading and deciding. */
const MOST_ATTEMPTS = 5;
const RETRY_MS = 300_000;
const DAY_MS = 86_400_000;
/** After it an approved proposal without a transfer is placed by the watchdog. */
const PATIENCE_MS = 10_000;

export interface RunParts extends PictureParts {
  readonly table: RebalancingTable;
  readonly streams: RebalancingStreams;
  readonly process: RebalancingProcess;
  /** Resolves once the table has all that is stored by now. */
  readonly upToDate: () => Promise<void>;
  /** One run at a time; a second one would only do the same work. */
  readonly lease: ProcessTable;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
}

/** Evaluates policies. */
export class RebalancingRuns {
  constructor(private readonly parts: RunParts) {}

  /** What a run would propose now; nothing is stored. Undefined for an unknown policy. */
  async preview(ref: PolicyRef): Promise<readonly ProposedMove[] | undefined> {
    const read = await this.read(ref);
    return read && proposalsOf(read.state, read.policy, read);
  }

  /** Runs the policy, stores what it proposes, and begins what needs no approval. */
  async run(ref: PolicyRef, by: string): Promise<RebalancingOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      const read = await this.read(ref);
      if (read === undefined)
        return { kind: 'refused', code: 'unknown_policy', details: { ...ref }, ...(await this.parts.streams.read(ref)) };
      const { at, pictures, shippedIds, others, state } = read;
      const command = {
        type: 'RunRebalancing',
        at,
        commandId: randomUUID(),
        pictures,
        shippedIds,
        others,
        version: state.version,
        by,
      } as const;
      const outcome = await this.parts.streams.execute(ref, command, by);
      if (outcome.kind === 'refused' && outcome.code === 'policy_changed' && attempt < MOST_ATTEMPTS) continue;
      for (const { proposalId, status } of outcome.state.proposals.values()) if (status === 'approved') await this.begin(ref, proposalId);
      return outcome;
    }
  }

  /** A proposal that cannot be placed now is placed by the watchdog. */
  async begin(ref: PolicyRef, proposalId: string): Promise<void> {
    await this.parts.process.drive(ref, proposalId).catch(this.parts.onFault);
  }

  private async read(ref: PolicyRef) {
    const { streams, now } = this.parts;
    // The policy is read before the stock: what left between the two has changed its version by the time of the decision.
    const { state } = await streams.read(ref);
    const { policy } = state;
    if (policy === undefined) return undefined;
    const at = now();
    await this.parts.upToDate();
    const others = await this.parts.table.others(ref, policy.locationIds, at - policy.quietDays * DAY_MS);
    const open = [...state.proposals.values(), ...others].filter(isOpenProposal);
    return { at, state, policy, others, ...(await readPictures(this.parts, ref.tenant, policy, open, at)) };
  }

  /** Runs the policies that are due, each night again. */
  chore(everyMs: number): Chore {
    return {
      name: 'rebalancing policies',
      everyMs,
      run: async (stopping) => {
        try {
          await this.parts.lease.hold({ tenant: '', id: 'due' }, () => this.runDue(stopping));
        } catch (error) {
          if (!(error instanceof ProcessBusy)) throw error;
        }
      },
    };
  }

  private async runDue(stopping?: AbortSignal): Promise<void> {
    const { table, now, onFault } = this.parts;
    for (const ref of await table.duePolicies(now())) {
      if (stopping?.aborted === true) return;
      try {
        await this.run(ref, RUN_ACTOR);
        await table.nextRun(ref, nextNight(now()));
      } catch (error) {
        onFault(error);
        await table.nextRun(ref, now() + RETRY_MS);
      }
    }
  }

  /** Places proposals that a crash left, and ends those whose transfer has ended. */
  watch(everyMs: number): Chore {
    return {
      name: 'rebalancing proposals',
      everyMs,
      run: async (stopping) => {
        for (const { tenant, policyId, proposal } of await this.parts.table.dueProposals(this.parts.now() - PATIENCE_MS)) {
          if (stopping?.aborted === true) return;
          await this.begin({ tenant, policyId }, proposal.proposalId);
        }
      },
    };
  }
}
