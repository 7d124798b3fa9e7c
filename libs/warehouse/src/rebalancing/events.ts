import type { RebalancingPolicy } from './policy.js';
import type { ProposedMove } from './propose.js';

/** Events of a policy and its proposals. Stream `rebalance-{tenant}.{policyId}`; one stream decides for all runs of the policy. */
export type RebalancingEvent =
  RebalancingPolicySet | RebalancingProposed | RebalancingApproved | RebalancingRejected | RebalancingPlaced | RebalancingEnded;

export interface RebalancingPolicySet extends RebalancingPolicy {
  readonly type: 'RebalancingPolicySet';
  readonly by: string;
}

export interface Proposal extends ProposedMove {
  readonly proposalId: string;
}

/** What a run found. Proposals of earlier runs that nobody decided on are replaced. */
export interface RebalancingProposed {
  readonly type: 'RebalancingProposed';
  readonly proposals: readonly Proposal[];
  readonly superseded: readonly string[];
  /** They are approved by the policy's mode. */
  readonly approved: boolean;
  readonly by: string;
}

export interface RebalancingApproved {
  readonly type: 'RebalancingApproved';
  readonly proposalId: string;
  readonly quantity: number;
  readonly by: string;
  readonly reason?: string;
}

export interface RebalancingRejected {
  readonly type: 'RebalancingRejected';
  readonly proposalId: string;
  readonly by: string;
  readonly reason?: string;
}

/** The transfer of an approved proposal exists. */
export interface RebalancingPlaced {
  readonly type: 'RebalancingPlaced';
  readonly proposalId: string;
  readonly transferId: string;
}

/** The transfer has ended: its units arrived, all or some, or none did. */
export interface RebalancingEnded {
  readonly type: 'RebalancingEnded';
  readonly proposalId: string;
  readonly outcome: 'received' | 'cancelled';
}
