import { REBALANCING_MODES } from '@holdfast/warehouse';
import type { Lane, MoveReason, Proposal, RebalancingEvent, SideEffect } from '@holdfast/warehouse';
import { objectOf, optional, type Fields } from './fields.js';
import type { NumberSchema } from './json-schema.js';
import { flag, identifier, listOf, madeId, oneOfStrings, signedUnits, text, units } from './primitives.js';

type OfType<Type extends RebalancingEvent['type']> = Extract<RebalancingEvent, { readonly type: Type }>;

const number = (description: string): NumberSchema => ({ type: 'number', description });
const cover = (description: string) => optional(number(`${description} Days; missing where nothing is used there.`));

const lane = objectOf<Lane>({
  fromLocationId: identifier('Where goods leave.'),
  toLocationId: identifier('Where they arrive.'),
  days: number('Days on the way.'),
  costPerUnitMinor: number('Cost of a unit in minor units of the currency.'),
  costPerMoveMinor: number('Cost of a move in minor units of the currency.'),
});
const side: Fields<SideEffect> = {
  dailyUse: number('Units a day.'),
  coverBefore: cover('For how long its stock lasts without the move.'),
  coverAfter: cover('For how long it lasts with it.'),
};
const because = objectOf<MoveReason>({
  code: oneOfStrings('Why units are moved.', ['out_of_stock', 'low_cover']),
  source: objectOf<MoveReason['source']>({
    ...side,
    reorderPoint: units('Its own; it gives nothing below.'),
    availableBefore: signedUnits('Units that it may promise.'),
    availableAfter: signedUnits('Units that it may promise afterwards.'),
  }),
  destination: objectOf<MoveReason['destination']>({
    ...side,
    positionBefore: signedUnits('Units that it has or that are on their way to it.'),
    positionAfter: signedUnits('The same afterwards.'),
  }),
  networkCoverDays: number('For how many days the stock of all locations together lasts.'),
  need: units('Units that it lacks.'),
  spare: units('Units that the source can spare.'),
  laneDays: number('Days on the way.'),
  costMinor: number('Cost of the move in minor units of the currency.'),
});
const proposal = objectOf<Proposal>({
  proposalId: madeId('Proposal.'),
  sku: identifier('Stock keeping unit.'),
  fromLocationId: identifier('Where units lie.'),
  toLocationId: identifier('Where they are wanted.'),
  quantity: units('Units to move.', 1),
  because,
});
const proposalId = madeId('Proposal.');
const by = madeId('Subject of the credential that acted, or the run.');
const reason = optional(text('Why, in words.'));

/** Fields of every event of a `rebalance-{tenant}.{policyId}` stream. */
export const rebalancingEventFields: { readonly [Type in RebalancingEvent['type']]: Fields<OfType<Type>> } = {
  RebalancingPolicySet: {
    policyId: identifier('Policy.'),
    mode: oneOfStrings('Who approves a proposal.', REBALANCING_MODES),
    locationIds: listOf(identifier('Location.'), 'Locations that are balanced.'),
    skus: optional(listOf(identifier('Stock keeping unit.'), 'All where missing.')),
    lowCoverDays: number('A location whose stock does not last for so many days and their safety gets units.'),
    targetCoverDays: number('For how many days and their safety it gets units at most.'),
    maxUnitsPerDay: units('Most units that are proposed in a day.', 1),
    quietDays: number('Days for which no units travel back.'),
    minUnits: units('Fewer units are not moved.', 1),
    lanes: listOf(lane, 'Ways by which goods travel.'),
    by,
  },
  RebalancingProposed: {
    proposals: listOf(proposal, 'What the run found.'),
    superseded: listOf(madeId('Proposal.'), 'Proposals of earlier runs that it replaces.'),
    approved: flag('They are approved by the mode of the policy.'),
    by,
  },
  RebalancingApproved: { proposalId, quantity: units('Units to move.', 1), by, reason },
  RebalancingRejected: { proposalId, by, reason },
  RebalancingPlaced: { proposalId, transferId: madeId('Transfer.') },
  RebalancingEnded: { proposalId, outcome: oneOfStrings('Whether units arrived.', ['received', 'cancelled']) },
};
