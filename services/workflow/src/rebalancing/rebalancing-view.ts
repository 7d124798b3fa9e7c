import type { KnownProposal, ProposedMove, RebalancingPolicy, RebalancingState } from '@holdfast/warehouse';
import type { MoveReasonView, PolicyView, ProposalView } from './rebalancing-view.dto.js';

const time = (at: number): string => new Date(at).toISOString();

export const policyView = (
  policy: RebalancingPolicy,
  { version, setBy, createdAt, updatedAt }: Omit<RebalancingState, 'proposals'>,
): PolicyView => ({ ...policy, skus: policy.skus ?? null, version, setBy, createdAt: time(createdAt), updatedAt: time(updatedAt) });

const reasonView = ({ source, destination, ...reason }: ProposedMove['because']): MoveReasonView => ({
  ...reason,
  source: { ...source, ...coverOf(source) },
  destination: { ...destination, ...coverOf(destination) },
});

const coverOf = ({ coverBefore = null, coverAfter = null }: Partial<Readonly<Record<'coverBefore' | 'coverAfter', number | null>>>) => ({
  coverBefore,
  coverAfter,
});

/** A move that is shown only. */
export const moveView = (policyId: string, { sku, because, ...move }: ProposedMove): ProposalView => ({
  id: null,
  policyId,
  status: 'proposed',
  sku,
  productMasterId: sku,
  ...move,
  because: reasonView(because),
  transferId: null,
  decidedBy: null,
  reason: null,
  version: 0,
  createdBy: null,
  createdAt: null,
  updatedAt: null,
});

export const proposalView = (policyId: string, proposal: KnownProposal): ProposalView => {
  const { proposalId, sku, fromLocationId, toLocationId, quantity, because, status, version, proposedAt, updatedAt } = proposal;
  return {
    ...moveView(policyId, { sku, fromLocationId, toLocationId, quantity, because }),
    id: proposalId,
    status,
    transferId: proposal.transferId ?? null,
    decidedBy: proposal.decidedBy ?? null,
    reason: proposal.reason ?? null,
    version,
    createdBy: proposal.proposedBy,
    createdAt: time(proposedAt),
    updatedAt: time(updatedAt),
  };
};
