import type { RebalancingPolicy } from './policy.js';
import type { KnownProposal } from './state.js';
import type { SkuPicture } from './propose.js';

export type RebalancingCommand = SetRebalancingPolicy | RunRebalancing | ApproveProposal | RejectProposal | ReportProposal;

interface Command {
  readonly at: number;
  readonly commandId: string;
}

export interface SetRebalancingPolicy extends Command, RebalancingPolicy {
  readonly type: 'SetRebalancingPolicy';
  readonly by: string;
  readonly expectedVersion?: number;
}

/** Evaluates the policy over figures that were read after its state had this version. */
export interface RunRebalancing extends Command {
  readonly type: 'RunRebalancing';
  readonly pictures: readonly SkuPicture[];
  readonly version: number;
  /** Open proposals whose units have left already: the figures contain them. */
  readonly shippedIds: ReadonlySet<string>;
  /** Decided proposals of other policies at these locations: open ones, and those of the quiet time. */
  readonly others?: readonly KnownProposal[];
  readonly by: string;
}

export interface ApproveProposal extends Command {
  readonly type: 'ApproveProposal';
  readonly proposalId: string;
  /** At most what was proposed; all where missing. */
  readonly quantity?: number;
  readonly by: string;
  readonly reason?: string;
  readonly expectedVersion?: number;
}

export interface RejectProposal extends Command {
  readonly type: 'RejectProposal';
  readonly proposalId: string;
  readonly by: string;
  readonly reason?: string;
  readonly expectedVersion?: number;
}

/** What became of the transfer of a proposal. */
export interface ReportProposal extends Command {
  readonly type: 'ReportProposal';
  readonly proposalId: string;
  readonly became: 'ordered' | 'received' | 'cancelled';
  readonly transferId?: string;
}
