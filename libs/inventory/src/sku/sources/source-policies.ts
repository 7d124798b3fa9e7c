import { fewestSplits } from './policies/fewest-splits.js';
import { nearest } from './policies/nearest.js';
import { byPriority } from './policies/priority.js';
import { regionalHub } from './policies/regional-hub.js';
import { shipFromStore } from './policies/ship-from-store.js';
import type { SourcePolicy, SourceRule } from './source-policy.js';

/** The policy without a rule. */
export const DEFAULT_SOURCE_POLICY = byPriority.name;

const MAX_OPTIONS_LENGTH = 2_000;

const policies = new Map<string, SourcePolicy>(
  [byPriority, nearest, shipFromStore, regionalHub, fewestSplits].map((policy) => [policy.name, policy]),
);

/**
 * Called by an installation to add its own policy, by name, for every decision of this process. Register it before the first command, in
 * every process that reserves stock or sets up channels.
 * @throws Error if another policy has the name already
 */
export function registerSourcePolicy(policy: SourcePolicy): void {
  const known = policies.get(policy.name);
  if (known !== undefined && known !== policy) throw new Error(`there is a source policy ${policy.name} already`);
  policies.set(policy.name, policy);
}

export const findSourcePolicy = (name: string): SourcePolicy | undefined => policies.get(name);

/** In the order of registration, the built-in ones first. */
export const sourcePolicyNames = (): readonly string[] => [...policies.keys()];

/** What is wrong with a rule; undefined when it is valid. */
export function sourceRuleFault({
  name,
  options = {},
}: SourceRule): { readonly field: 'name' | 'options'; readonly message: string } | undefined {
  const policy = policies.get(name);
  if (policy === undefined) return { field: 'name', message: `must be one of ${sourcePolicyNames().join(', ')}` };
  if (JSON.stringify(options).length > MAX_OPTIONS_LENGTH) {
    return { field: 'options', message: `must be at most ${String(MAX_OPTIONS_LENGTH)} characters of JSON` };
  }
  const message = policy.optionsFault(options);
  return message === undefined ? undefined : { field: 'options', message };
}
