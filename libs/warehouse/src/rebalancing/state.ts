import { ENDED_PROPOSALS_KEPT } from './limits.js';
import type { Proposal, RebalancingEvent } from './events.js';
import type { RebalancingPolicy } from './policy.js';

const DAY_MS = 86_400_000;

/** `proposed` waits for people; `approved` becomes a transfer, `ordered` has one. The others have ended. */
export const PROPOSAL_STATUSES = ['proposed', 'approved', 'ordered', 'received', 'rejected', 'superseded', 'cancelled'] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

export interface KnownProposal extends Proposal {
  readonly status: ProposalStatus;
  readonly proposedAt: number;
  readonly updatedAt: number;
  readonly proposedBy: string;
  readonly decidedBy?: string;
  readonly reason?: string;
  readonly transferId?: string;
  readonly version: number;
}

export interface RebalancingState {
  readonly policy: RebalancingPolicy | undefined;
  readonly setBy: string;
  /** Number of events. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Open ones, ended ones of the quiet time and the latest others, oldest first. */
  readonly proposals: ReadonlyMap<string, KnownProposal>;
}

export const initialRebalancing = (): RebalancingState => ({
  policy: undefined,
  setBy: '',
  version: 0,
  createdAt: 0,
  updatedAt: 0,
  proposals: new Map(),
});

const OPEN: ReadonlySet<ProposalStatus> = new Set(['proposed', 'approved', 'ordered']);
export const isOpenProposal = ({ status }: Pick<KnownProposal, 'status'>): boolean => OPEN.has(status);

/** Applies an event that happened at `at` (epoch milliseconds) and returns the new state. */
export function evolveRebalancing(state: RebalancingState, event: RebalancingEvent, at: number): RebalancingState {
  return { ...applied(state, event, at), version: state.version + 1, updatedAt: at };
}

function applied(state: RebalancingState, event: RebalancingEvent, at: number): RebalancingState {
  switch (event.type) {
    case 'RebalancingPolicySet': {
      const { type: _, by, ...policy } = event;
      return { ...state, policy, setBy: by, createdAt: state.createdAt === 0 ? at : state.createdAt };
    }
    case 'RebalancingProposed': {
      const proposals = new Map(state.proposals);
      for (const id of event.superseded) change(proposals, id, { status: 'superseded' }, at);
      const status = event.approved ? 'approved' : 'proposed';
      const common = { status, proposedAt: at, updatedAt: at, proposedBy: event.by, version: 1 } as const;
      for (const proposal of event.proposals) proposals.set(proposal.proposalId, { ...proposal, ...common });
      return { ...state, proposals: withoutOldest(proposals, (state.policy?.quietDays ?? 0) * DAY_MS, at) };
    }
    case 'RebalancingApproved': {
      const { proposalId, quantity, by, reason } = event;
      return changed(state, proposalId, { status: 'approved', quantity, decidedBy: by, ...(reason === undefined ? {} : { reason }) }, at);
    }
    case 'RebalancingRejected': {
      const { proposalId, by, reason } = event;
      return changed(state, proposalId, { status: 'rejected', decidedBy: by, ...(reason === undefined ? {} : { reason }) }, at);
    }
    case 'RebalancingPlaced':
      return changed(state, event.proposalId, { status: 'ordered', transferId: event.transferId }, at);
    case 'RebalancingEnded':
      return changed(state, event.proposalId, { status: event.outcome }, at);
    default:
      return event satisfies never;
  }
}

function changed(state: RebalancingState, proposalId: string, changes: Partial<KnownProposal>, at: number): RebalancingState {
  const proposals = new Map(state.proposals);
  change(proposals, proposalId, changes, at);
  return { ...state, proposals };
}

function change(proposals: Map<string, KnownProposal>, proposalId: string, changes: Partial<KnownProposal>, at: number): void {
  const known = proposals.get(proposalId);
  if (known !== undefined) proposals.set(proposalId, { ...known, ...changes, updatedAt: at, version: known.version + 1 });
}

/** Forgets ended proposals beyond those kept; those of the quiet time say what may not travel. */
function withoutOldest(proposals: Map<string, KnownProposal>, quietMs: number, at: number): ReadonlyMap<string, KnownProposal> {
  const ended = [...proposals.values()].filter((proposal) => !isOpenProposal(proposal));
  for (const { proposalId, updatedAt, status } of ended.slice(0, Math.max(0, ended.length - ENDED_PROPOSALS_KEPT))) {
    if (status === 'superseded' || status === 'cancelled' || updatedAt <= at - quietMs) proposals.delete(proposalId);
  }
  return proposals;
}
