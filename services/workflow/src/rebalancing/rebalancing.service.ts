import type { EventStore, Position } from '@holdfast/event-store';
import type { KnownLocations } from '@holdfast/ledger';
import { type Page, paginationOf, Problem } from '@holdfast/platform';
import type { RebalancingPolicy } from '@holdfast/warehouse';
import { awaitPosition } from '../following/await-position.js';
import { mustKnowLocation } from '../locations/must-know.js';
import { rebalancingProblem } from './rebalancing-refusals.js';
import type { RebalancingRuns } from './rebalancing-runs.js';
import type { PolicyRef, RebalancingOutcome, RebalancingStreams } from './rebalancing-streams.js';
import type { RebalancingTable } from './rebalancing-table.js';
import { moveView, policyView, proposalView } from './rebalancing-view.js';
import type { PoliciesView, PolicyView, ProposalsView, ProposedView } from './rebalancing-view.dto.js';
import type { PolicyRequest, ProposalsQuery, ProposalsRequest } from './rebalancing.dto.js';

export interface Asked {
  readonly tenant: string;
  readonly actor: string;
  readonly commandId: string;
  readonly at: number;
}

export interface ServiceParts {
  readonly streams: RebalancingStreams;
  readonly runs: RebalancingRuns;
  readonly table: RebalancingTable;
  readonly locations: KnownLocations;
  readonly eventStore: Pick<EventStore, 'head'>;
  /** How far the lists have read. */
  readonly reached: () => Position;
}

type Accepted = Extract<RebalancingOutcome, { kind: 'accepted' }>;

export class RebalancingService {
  constructor(private readonly parts: ServiceParts) {}

  /** @throws Problem 412 `position_not_reached` */
  async atLeast(wanted: Position | undefined): Promise<Position> {
    await awaitPosition(this.parts.reached, wanted);
    return this.parts.reached();
  }

  async policies(tenant: string, page: Page): Promise<PoliciesView> {
    const { rows, total } = await this.parts.table.policyPage(tenant, page);
    const policies = rows.flatMap(({ state }) => (state.policy === undefined ? [] : [policyView(state.policy, state)]));
    return { policies, pagination: paginationOf(page, total) };
  }

  /** @throws Problem 404 `unknown_location`, 400 `invalid_policy`, 412 `version_mismatch` */
  async set(request: PolicyRequest, { tenant, actor, commandId, at }: Asked): Promise<{ view: PolicyView; position: Position }> {
    for (const locationId of request.locationIds) await mustKnowLocation(this.parts.locations, tenant, 'locationIds', locationId);
    const { expectedVersion, ...sent } = request;
    const policy = withDefaults(sent);
    const expected = expectedVersion === undefined ? {} : { expectedVersion };
    const command = { type: 'SetRebalancingPolicy', ...policy, by: actor, at, commandId, ...expected } as const;
    const { state, position } = accepted(await this.parts.streams.execute({ tenant, policyId: policy.policyId }, command, actor));
    return { view: policyView(policy, state), position };
  }

  async proposals(tenant: string, query: ProposalsQuery, page: Page): Promise<ProposalsView> {
    const { rows, total } = await this.parts.table.proposalPage(tenant, query, page);
    return { proposals: rows.map(({ policyId, proposal }) => proposalView(policyId, proposal)), pagination: paginationOf(page, total) };
  }

  /** Runs a policy and shows or stores what it proposes. @throws Problem 404 `unknown_policy` */
  async run(policyId: string, create: boolean, { tenant, actor }: Asked): Promise<ProposedView> {
    const ref = { tenant, policyId };
    if (!create) {
      const moves = await this.parts.runs.preview(ref);
      if (moves === undefined) throw rebalancingProblem({ code: 'unknown_policy', details: { policyId } });
      return { proposals: moves.map((move) => moveView(policyId, move)) };
    }
    accepted(await this.parts.runs.run(ref, actor));
    const { state } = await this.parts.streams.read(ref);
    const open = [...state.proposals.values()].filter(
      ({ status }) => status === 'proposed' || status === 'approved' || status === 'ordered',
    );
    return { proposals: open.map((proposal) => proposalView(policyId, proposal)) };
  }

  /** @throws Problem 404 `unknown_proposal`, 412 `version_mismatch`, 409 for what its status does not allow */
  async act(request: ProposalsRequest, { tenant, actor, commandId, at }: Asked): Promise<ProposedView> {
    const { id = '', action, quantity, reason, expectedVersion } = request;
    const ref = await this.policyOf(tenant, id);
    const expected = expectedVersion === undefined ? {} : { expectedVersion };
    const decided = { proposalId: id, by: actor, at, commandId, ...expected, ...(reason === undefined ? {} : { reason }) };
    if (action === 'reject') {
      accepted(await this.parts.streams.execute(ref, { type: 'RejectProposal', ...decided }, actor));
    } else {
      const units = quantity === undefined ? {} : { quantity };
      accepted(await this.parts.streams.execute(ref, { type: 'ApproveProposal', ...decided, ...units }, actor));
      await this.parts.runs.begin(ref, id);
    }
    const proposal = (await this.parts.streams.read(ref)).state.proposals.get(id);
    return { proposals: proposal === undefined ? [] : [proposalView(ref.policyId, proposal)] };
  }

  private async policyOf(tenant: string, proposalId: string): Promise<PolicyRef> {
    const { table, eventStore } = this.parts;
    let policyId = await table.policyOf(tenant, proposalId);
    if (policyId === undefined) {
      await this.atLeast(await eventStore.head());
      policyId = await table.policyOf(tenant, proposalId);
    }
    if (policyId === undefined) throw rebalancingProblem({ code: 'unknown_proposal', details: { id: proposalId } });
    return { tenant, policyId };
  }
}

function accepted(outcome: RebalancingOutcome): Accepted {
  if (outcome.kind === 'refused') throw rebalancingProblem(outcome);
  return outcome;
}

const withDefaults = ({ lanes, skus, ...request }: Omit<PolicyRequest, 'expectedVersion'>): RebalancingPolicy => ({
  policyId: request.policyId,
  mode: request.mode ?? 'approve',
  locationIds: request.locationIds,
  ...(skus === undefined ? {} : { skus }),
  lowCoverDays: request.lowCoverDays ?? 3,
  targetCoverDays: request.targetCoverDays ?? 14,
  maxUnitsPerDay: request.maxUnitsPerDay ?? 5_000,
  quietDays: request.quietDays ?? 7,
  minUnits: request.minUnits ?? 1,
  lanes: lanes.map(({ fromLocationId, toLocationId, days = 0, costPerUnitMinor = 0, costPerMoveMinor = 0 }) => ({
    fromLocationId,
    toLocationId,
    days,
    costPerUnitMinor,
    costPerMoveMinor,
  })),
});

/** What is asked for: a run of a policy, or an action on a proposal. @throws Problem 400 for both or neither */
export function kindOf({ policyId, id, action }: ProposalsRequest): 'run' | 'action' {
  if (policyId !== undefined && id === undefined && action === undefined) return 'run';
  if (policyId === undefined && id !== undefined && action !== undefined) return 'action';
  const details = [{ field: 'policyId', message: 'send a policyId to run, or an id with an action' }];
  throw new Problem(400, 'validation_failed', 'The request body has a fault', { details });
}
