import { decideRebalancing, evolveRebalancing, initialRebalancing } from './index.js';
import type { RebalancingCommand, RebalancingEvent, RebalancingPolicy, RebalancingState, SkuPicture } from './index.js';

const at = Date.UTC(2026, 6, 1, 2);
const DAY = 86_400_000;
const policy: RebalancingPolicy = {
  policyId: 'p1',
  mode: 'approve',
  locationIds: ['BER', 'HAM'],
  lowCoverDays: 7,
  targetCoverDays: 14,
  maxUnitsPerDay: 100,
  quietDays: 14,
  minUnits: 1,
  lanes: [{ fromLocationId: 'BER', toLocationId: 'HAM', days: 2, costPerUnitMinor: 10, costPerMoveMinor: 300 }],
};
const use = (mean: number) => ({ mean, deviation: 0, days: 90 });
const pictures: readonly SkuPicture[] = [
  {
    sku: 'CUP',
    places: [
      { locationId: 'BER', available: 100, inbound: 0, use: use(2), reorderPoint: 0 },
      { locationId: 'HAM', available: 4, inbound: 0, use: use(4), reorderPoint: 0 },
    ],
  },
];

/** A stream that remembers its state; a refused command leaves it. */
class World {
  state: RebalancingState = initialRebalancing();
  private commands = 0;

  constructor(changes: Partial<RebalancingPolicy> = {}) {
    this.do({ type: 'SetRebalancingPolicy', at, commandId: 'set', ...policy, ...changes, by: 'ann' });
  }

  do(command: RebalancingCommand): readonly RebalancingEvent[] | string {
    const decision = decideRebalancing(this.state, command);
    if (decision.kind === 'refused') return decision.code;
    for (const event of decision.events) this.state = evolveRebalancing(this.state, event, command.at);
    return decision.events;
  }

  run(more: Partial<Extract<RebalancingCommand, { type: 'RunRebalancing' }>> = {}) {
    this.commands += 1;
    const base = {
      at,
      commandId: `run${String(this.commands)}`,
      pictures,
      version: this.state.version,
      shippedIds: new Set<string>(),
      by: 'run',
    };
    return this.do({ type: 'RunRebalancing', ...base, ...more });
  }

  approve(proposalId: string, quantity?: number, time = at) {
    const command = { type: 'ApproveProposal', at: time, commandId: 'approve', proposalId, by: 'ann' } as const;
    return this.do(quantity === undefined ? command : { ...command, quantity });
  }

  report(proposalId: string, became: 'ordered' | 'received' | 'cancelled', time = at) {
    return this.do({ type: 'ReportProposal', at: time, commandId: became, proposalId, became, transferId: 'tr_1' });
  }

  get statuses(): readonly string[] {
    return [...this.state.proposals.values()].map(({ quantity, status }) => `${String(quantity)} ${status}`);
  }
}

describe('a run', () => {
  it('proposes once what is needed, and the same run again changes nothing', () => {
    const world = new World();
    expect(world.run()).toMatchObject([{ type: 'RebalancingProposed', approved: false, proposals: [{ sku: 'CUP', quantity: 52 }] }]);
    expect(world.run()).toEqual([]);
    expect(world.statuses).toEqual(['52 proposed']);
  });

  it('beside another run is refused and reads again', () => {
    const world = new World();
    const { version } = world.state;
    world.run();
    expect(world.run({ version })).toBe('policy_changed');
    expect(world.statuses).toEqual(['52 proposed']);
  });

  it('replaces what nobody decided on', () => {
    const world = new World();
    world.run();
    const [picture] = pictures;
    const places = (picture?.places ?? []).map((place) => (place.locationId === 'HAM' ? { ...place, available: 10 } : place));
    expect(world.run({ pictures: [{ sku: 'CUP', places }] })).toMatchObject([{ superseded: ['rb_run1_1'], proposals: [{ quantity: 46 }] }]);
    expect(world.statuses).toEqual(['52 superseded', '46 proposed']);
  });

  it('has its proposals decided by who saw them as they are; what is so already is not refused', () => {
    const world = new World();
    world.run();
    const decision = { at, commandId: 'seen', proposalId: 'rb_run1_1', by: 'ben' } as const;
    expect(world.do({ type: 'ApproveProposal', ...decision, expectedVersion: 7 })).toBe('version_mismatch');
    expect(world.do({ type: 'RejectProposal', ...decision, expectedVersion: 7 })).toBe('version_mismatch');
    expect(world.statuses).toEqual(['52 proposed']);
    expect(world.do({ type: 'ApproveProposal', ...decision, expectedVersion: 1 })).toMatchObject([{ type: 'RebalancingApproved' }]);
    expect(world.do({ type: 'ApproveProposal', ...decision, expectedVersion: 1 })).toEqual([]);
  });

  it('counts what was approved and lies at its source still, so it asks for nothing twice', () => {
    const world = new World();
    world.run();
    world.approve('rb_run1_1');
    expect(world.run()).toEqual([]);
    world.report('rb_run1_1', 'ordered');
    expect(world.run({ at: at + DAY })).toEqual([]);
  });

  it('counts what another policy decided to move, until the figures contain it, and lets nothing travel back', () => {
    const other = new World({ policyId: 'p2', mode: 'auto' });
    other.run();
    const others = [...other.state.proposals.values()];
    const back = { fromLocationId: 'HAM', toLocationId: 'BER', days: 2, costPerUnitMinor: 10, costPerMoveMinor: 300 };
    const world = new World({ lanes: [...policy.lanes, back] });
    expect(world.run({ others })).toEqual([]);
    const [picture] = pictures;
    const moved = (HAM: number, BER: number) => [
      { sku: 'CUP', places: (picture?.places ?? []).map((place) => ({ ...place, available: place.locationId === 'HAM' ? HAM : BER })) },
    ];
    const shippedIds = new Set(others.map(({ proposalId }) => proposalId));
    const arrived = others.map((proposal) => ({ ...proposal, status: 'received' as const }));
    expect(world.run({ others: arrived, shippedIds, pictures: moved(56, 48) })).toEqual([]);
    expect(world.run({ others: arrived, shippedIds, pictures: moved(200, 0) })).toEqual([]);
    expect(world.run({ pictures: moved(200, 0) })).toMatchObject([{ proposals: [{ fromLocationId: 'HAM', toLocationId: 'BER' }] }]);
  });

  it('stays within the units of a day', () => {
    const world = new World({ maxUnitsPerDay: 60, mode: 'auto' });
    world.run();
    expect(world.statuses).toEqual(['52 approved']);
    const more = [{ sku: 'POT', places: pictures[0]?.places ?? [] }];
    world.run({ pictures: more });
    expect(world.statuses).toEqual(['52 approved', '8 approved']);
    expect(world.run({ pictures: more })).toEqual([]);
    world.run({ pictures: more, at: at + DAY });
    expect(world.statuses).toEqual(['52 approved', '8 approved', '44 approved']);
  });
});

describe('a proposal', () => {
  it('is approved whole or in part, once', () => {
    const world = new World();
    world.run();
    expect(world.approve('rb_run1_1', 53)).toBe('quantity_exceeds_proposed');
    world.approve('rb_run1_1', 20);
    expect(world.approve('rb_run1_1', 20)).toEqual([]);
    expect(world.approve('rb_run1_1', 10)).toBe('proposal_approved');
    expect(world.approve('rb_none')).toBe('unknown_proposal');
    expect(world.statuses).toEqual(['20 approved']);
  });

  it('of a dry run is approved by nobody', () => {
    const world = new World({ mode: 'dry_run' });
    world.run();
    expect(world.approve('rb_run1_1')).toBe('policy_dry_run');
  });

  it('that was rejected is not proposed again within the quiet days', () => {
    const world = new World();
    world.run();
    world.do({ type: 'RejectProposal', at, commandId: 'reject', proposalId: 'rb_run1_1', by: 'ann' });
    expect(world.run()).toEqual([]);
    expect(world.run({ at: at + 13 * DAY })).toEqual([]);
    expect(world.run({ at: at + 14 * DAY })).toMatchObject([{ proposals: [{ quantity: 52 }] }]);
    expect(world.approve('rb_run1_1')).toBe('proposal_rejected');
  });

  it('follows its transfer to one end', () => {
    const world = new World();
    world.run();
    expect(world.report('rb_run1_1', 'received')).toEqual([]);
    world.approve('rb_run1_1');
    expect(world.report('rb_run1_1', 'ordered')).toMatchObject([{ type: 'RebalancingPlaced', transferId: 'tr_1' }]);
    expect(world.report('rb_run1_1', 'ordered')).toEqual([]);
    expect(world.report('rb_run1_1', 'received')).toMatchObject([{ outcome: 'received' }]);
    expect(world.report('rb_run1_1', 'cancelled')).toEqual([]);
  });
});

describe('a policy', () => {
  it('is set once, and by its version', () => {
    const world = new World();
    const set = { type: 'SetRebalancingPolicy', at, commandId: 'again', ...policy, by: 'ben' } as const;
    expect(world.do(set)).toEqual([]);
    expect(world.do({ ...set, minUnits: 5, expectedVersion: 7 })).toBe('version_mismatch');
    expect(world.do({ ...set, targetCoverDays: 1 })).toBe('invalid_policy');
    expect(world.do({ ...set, minUnits: 5, expectedVersion: 1 })).toMatchObject([{ type: 'RebalancingPolicySet', minUnits: 5 }]);
  });
});
