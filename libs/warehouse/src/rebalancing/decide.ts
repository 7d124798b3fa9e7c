import { accept, refuse, type Decision, type Refusal } from '@holdfast/inventory';
import { dayOf } from '../replenishment/review.js';
import type {
  ApproveProposal,
  RebalancingCommand,
  RejectProposal,
  ReportProposal,
  RunRebalancing,
  SetRebalancingPolicy,
} from './commands.js';
import type { RebalancingEvent } from './events.js';
import { MAX_OPEN_PROPOSALS, PROPOSED_AT_ONCE } from './limits.js';
import { policyFault, type RebalancingPolicy } from './policy.js';
import { proposeMoves, type PastMove, type ProposedMove, type SkuPicture } from './propose.js';
import { isOpenProposal, type KnownProposal, type ProposalStatus, type RebalancingState } from './state.js';

export type RebalancingRefusalCode =
  | 'unknown_policy'
  | 'invalid_policy'
  | 'policy_changed'
  | 'policy_dry_run'
  | 'version_mismatch'
  | 'unknown_proposal'
  | 'quantity_exceeds_proposed'
  | `proposal_${ProposalStatus}`;

export type RebalancingDecision = Decision<RebalancingEvent, RebalancingRefusalCode>;

/** Decides about a policy and its proposals. A command that is already satisfied yields no events. */
export function decideRebalancing(state: RebalancingState, command: RebalancingCommand): RebalancingDecision {
  switch (command.type) {
    case 'SetRebalancingPolicy':
      return setPolicy(state, command);
    case 'RunRebalancing':
      return run(state, command);
    case 'ApproveProposal':
      return approve(state, command);
    case 'RejectProposal':
      return reject(state, command);
    case 'ReportProposal':
      return report(state, command);
    default:
      return command satisfies never;
  }
}

function setPolicy(state: RebalancingState, command: SetRebalancingPolicy): RebalancingDecision {
  const { type: _, at: __, commandId: ___, by, expectedVersion, ...policy } = command;
  if (expectedVersion !== undefined && expectedVersion !== state.version) {
    return refuse('version_mismatch', { expectedVersion, version: state.version });
  }
  const fault = policyFault(policy);
  if (fault !== undefined) return refuse('invalid_policy', { ...fault });
  return JSON.stringify(policy) === JSON.stringify(state.policy) ? accept() : accept({ type: 'RebalancingPolicySet', ...policy, by });
}

/** What a run over these figures proposes now. Proposals that nobody decided on do not count: the run replaces them. */
export function proposalsOf(
  state: RebalancingState,
  policy: RebalancingPolicy,
  { at, pictures, shippedIds, others = [] }: Pick<RunRebalancing, 'at' | 'pictures' | 'shippedIds' | 'others'>,
): readonly ProposedMove[] {
  const known = [...state.proposals.values()];
  const standing = known.filter(({ status }) => status === 'approved' || status === 'ordered' || status === 'received');
  const open = known.filter((proposal) => isOpenProposal(proposal) && proposal.status !== 'proposed');
  const today = standing.filter(({ proposedAt }) => dayOf(proposedAt) === dayOf(at));
  // Each policy has its own bounds; what others move lies or comes there all the same.
  return proposeMoves(policy, withUnshipped(pictures, [...open, ...others.filter(isOpenProposal)], shippedIds), {
    at,
    moves: [...standing, ...others].map(moveOf),
    rejected: known.filter(({ status }) => status === 'rejected').map(moveOf),
    unitsLeft: policy.maxUnitsPerDay - today.reduce((sum, { quantity }) => sum + quantity, 0),
    most: Math.max(0, Math.min(PROPOSED_AT_ONCE, MAX_OPEN_PROPOSALS - open.length)),
  });
}

const moveOf = ({ sku, fromLocationId, toLocationId, updatedAt }: KnownProposal): PastMove => ({
  sku,
  fromLocationId,
  toLocationId,
  at: updatedAt,
});

/** Approved units that lie at their source still are taken off there, and count as on their way. */
function withUnshipped(
  pictures: readonly SkuPicture[],
  open: readonly KnownProposal[],
  shippedIds: ReadonlySet<string>,
): readonly SkuPicture[] {
  const waiting = open.filter(({ proposalId }) => !shippedIds.has(proposalId));
  if (waiting.length === 0) return pictures;
  const sum = (sku: string, which: (proposal: KnownProposal) => boolean): number =>
    waiting.filter((proposal) => proposal.sku === sku && which(proposal)).reduce((units, { quantity }) => units + quantity, 0);
  const touched = new Set(waiting.map(({ sku }) => sku));
  return pictures.map((picture) => {
    if (!touched.has(picture.sku)) return picture;
    const places = picture.places.map((place) => ({
      ...place,
      available: place.available - sum(picture.sku, ({ fromLocationId }) => fromLocationId === place.locationId),
      inbound: place.inbound + sum(picture.sku, ({ toLocationId }) => toLocationId === place.locationId),
    }));
    return { ...picture, places };
  });
}

function run(state: RebalancingState, command: RunRebalancing): RebalancingDecision {
  const { policy } = state;
  if (policy === undefined) return refuse('unknown_policy');
  if (command.version !== state.version) return refuse('policy_changed', { version: state.version });
  const moves = proposalsOf(state, policy, command);
  const before = [...state.proposals.values()].filter(({ status }) => status === 'proposed');
  const isSame = before.length === moves.length && before.every((proposal, index) => isSameMove(proposal, moves[index]));
  if (isSame && (policy.mode !== 'auto' || moves.length === 0)) return accept();
  return accept({
    type: 'RebalancingProposed',
    proposals: moves.map((move, index) => ({ proposalId: `rb_${command.commandId}_${String(index + 1)}`, ...move })),
    superseded: before.map(({ proposalId }) => proposalId),
    approved: policy.mode === 'auto',
    by: command.by,
  });
}

const isSameMove = (one: ProposedMove, other: ProposedMove | undefined): boolean =>
  one.sku === other?.sku &&
  one.fromLocationId === other.fromLocationId &&
  one.toLocationId === other.toLocationId &&
  one.quantity === other.quantity;

type Found = KnownProposal | Refusal<RebalancingRefusalCode>;

function found({ proposals }: RebalancingState, proposalId: string): Found {
  return proposals.get(proposalId) ?? refuse('unknown_proposal', { proposalId });
}

const contradiction = ({ status }: KnownProposal): Refusal<RebalancingRefusalCode> => refuse(`proposal_${status}`, { status });

/** What is so already is not refused before: the answer may have been lost. */
function otherVersion(
  { version }: KnownProposal,
  { expectedVersion = version }: Pick<ApproveProposal, 'expectedVersion'>,
): Refusal<RebalancingRefusalCode> | undefined {
  return expectedVersion === version ? undefined : refuse('version_mismatch', { expectedVersion, version });
}

function approve(state: RebalancingState, { proposalId, by, reason, ...command }: ApproveProposal): RebalancingDecision {
  const proposal = found(state, proposalId);
  if ('kind' in proposal) return proposal;
  const { status } = proposal;
  const quantity = command.quantity ?? proposal.quantity;
  const isDone = status === 'approved' || status === 'ordered' || status === 'received';
  if (isDone && quantity === proposal.quantity) return accept();
  const other = otherVersion(proposal, command);
  if (other) return other;
  if (status !== 'proposed') return contradiction(proposal);
  if (state.policy?.mode === 'dry_run') return refuse('policy_dry_run', { policyId: state.policy.policyId });
  if (quantity > proposal.quantity) return refuse('quantity_exceeds_proposed', { proposed: proposal.quantity, requested: quantity });
  return accept({ type: 'RebalancingApproved', proposalId, quantity, by, ...(reason === undefined ? {} : { reason }) });
}

function reject(state: RebalancingState, { proposalId, by, reason, ...command }: RejectProposal): RebalancingDecision {
  const proposal = found(state, proposalId);
  if ('kind' in proposal) return proposal;
  if (proposal.status === 'rejected') return accept();
  const other = otherVersion(proposal, command);
  if (other) return other;
  if (proposal.status !== 'proposed') return contradiction(proposal);
  return accept({ type: 'RebalancingRejected', proposalId, by, ...(reason === undefined ? {} : { reason }) });
}

/** A report that the proposal is past already changes nothing. */
function report(state: RebalancingState, { proposalId, became, transferId }: ReportProposal): RebalancingDecision {
  const proposal = found(state, proposalId);
  if ('kind' in proposal) return proposal;
  const { status } = proposal;
  if (became === 'ordered') {
    return status === 'approved' && transferId !== undefined ? accept({ type: 'RebalancingPlaced', proposalId, transferId }) : accept();
  }
  const isOpen = status === 'approved' || status === 'ordered';
  return isOpen ? accept({ type: 'RebalancingEnded', proposalId, outcome: became }) : accept();
}
