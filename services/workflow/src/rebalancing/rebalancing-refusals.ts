import { Problem } from '@holdfast/platform';

const MESSAGES: Readonly<Record<string, string>> = {
  policy_dry_run: 'The policy is a dry run: its proposals are shown only; set another mode first',
  policy_changed: 'The policy was changed at the same time; run it again',
  quantity_exceeds_proposed: 'More would be moved than was proposed',
  proposal_approved: 'The proposal is approved already',
  proposal_ordered: 'The proposal has a transfer already; cancel that to end it',
  proposal_received: 'The units of the proposal have arrived',
  proposal_rejected: 'The proposal was rejected',
  proposal_superseded: 'A later run replaced the proposal; act on the newer one',
  proposal_cancelled: 'The transfer of the proposal was cancelled',
};

/** Answer to a refusal of the stream of a policy. */
export function rebalancingProblem({
  code,
  details,
}: {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}): Problem {
  switch (code) {
    case 'unknown_policy':
      return new Problem(404, code, 'There is no such policy', { details: [details] });
    case 'unknown_proposal':
      return new Problem(404, code, 'There is no such proposal', { details: [details] });
    case 'invalid_policy':
      return new Problem(400, code, 'The policy has a fault', { details: [details] });
    case 'version_mismatch':
      return new Problem(412, code, 'The policy, or the proposal, has changed since; read it again', { details: [details] });
    default:
      return new Problem(409, code, MESSAGES[code] ?? 'The proposal does not allow this', { details: [details] });
  }
}
