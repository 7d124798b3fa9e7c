import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { evolveRebalancing, initialRebalancing, type KnownProposal, type RebalancingState } from '@holdfast/warehouse';
import type { Follower } from '../following/follow-events.js';
import type { PolicyRef } from './rebalancing-streams.js';

/** Keeps the tables of policies and proposals. */
export const rebalancingFollower: Follower = {
  name: 'rebalancing',
  filter: { streamPrefixes: [STREAMS.rebalance.prefix] },
  apply: foldInto,
};

interface StoredState extends Omit<RebalancingState, 'proposals'> {
  readonly proposals: readonly KnownProposal[];
}

interface Row extends PolicyRef {
  readonly state: RebalancingState;
  readonly revision: number;
}

const KNOWN = `
  SELECT tenant, policy_id AS "policyId", state, revision FROM workflow.rebalancing_policy
   WHERE (tenant, policy_id) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY tenant, policy_id FOR UPDATE`;

/** A new policy is due at once. */
const STORE_POLICIES = `
  INSERT INTO workflow.rebalancing_policy AS p (tenant, policy_id, due_at, state, revision)
  SELECT tenant, policy_id, to_timestamp(0), state, revision FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::int[]) AS t (tenant, policy_id, state, revision)
   ORDER BY tenant, policy_id
  ON CONFLICT (tenant, policy_id) DO UPDATE SET state = excluded.state, revision = excluded.revision WHERE excluded.revision > p.revision`;

const STORE_PROPOSALS = `
  INSERT INTO workflow.rebalancing_proposal AS p
         (tenant, proposal_id, policy_id, sku, from_location_id, to_location_id, status, transfer_id, created_at, updated_at, record)
  SELECT tenant, record ->> 'proposalId', policy_id, record ->> 'sku', record ->> 'fromLocationId', record ->> 'toLocationId',
         record ->> 'status', record ->> 'transferId', to_timestamp((record ->> 'proposedAt')::float8 / 1000),
         to_timestamp((record ->> 'updatedAt')::float8 / 1000), record
    FROM unnest($1::text[], $2::text[], $3::jsonb[]) AS t (tenant, policy_id, record)
   ORDER BY tenant, record ->> 'proposalId'
  ON CONFLICT (tenant, proposal_id) DO UPDATE SET
    status = excluded.status, transfer_id = excluded.transfer_id, updated_at = excluded.updated_at, record = excluded.record
  WHERE (excluded.record ->> 'version')::int > (p.record ->> 'version')::int`;

async function foldInto(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const refs = [...new Map(events.map((event) => [event.stream, refOf(event)])).values()];
  const known = await client.query<PolicyRef & { state: StoredState; revision: number }>(KNOWN, keysOf(refs));
  const rows = new Map(
    known.rows.map((row): [string, Row] => [STREAMS.rebalance.streamOf(row.tenant, row.policyId), { ...row, state: read(row.state) }]),
  );
  const proposals = new Map<string, PolicyRef & { readonly proposal: KnownProposal }>();
  for (const event of events) {
    const before = rows.get(event.stream);
    // An event that the row reflects already changes nothing.
    if (before !== undefined && event.revision <= before.revision) continue;
    const ref = refOf(event);
    const state = evolveRebalancing(before?.state ?? initialRebalancing(), STREAMS.rebalance.decode(event), event.metadata.at);
    for (const [id, proposal] of state.proposals) {
      if (before?.state.proposals.get(id) !== proposal) proposals.set(JSON.stringify([ref.tenant, id]), { ...ref, proposal });
    }
    rows.set(event.stream, { ...ref, state, revision: event.revision });
  }
  const changed = [...rows.values()];
  const states = changed.map(({ state }) => JSON.stringify({ ...state, proposals: [...state.proposals.values()] }));
  await client.query(STORE_POLICIES, [...keysOf(changed), states, changed.map(({ revision }) => revision)]);
  const moved = [...proposals.values()];
  if (moved.length > 0) await client.query(STORE_PROPOSALS, [...keysOf(moved), moved.map(({ proposal }) => JSON.stringify(proposal))]);
}

const read = ({ proposals, ...state }: StoredState): RebalancingState => ({
  ...state,
  proposals: new Map(proposals.map((proposal) => [proposal.proposalId, proposal])),
});

const refOf = (event: RecordedEvent): PolicyRef => ({ tenant: event.metadata.tenant, policyId: STREAMS.rebalance.idOf(event) });

const keysOf = (refs: readonly PolicyRef[]) => [refs.map(({ tenant }) => tenant), refs.map(({ policyId }) => policyId)];
