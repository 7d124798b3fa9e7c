import type { SourcePolicyOptions } from '../source-policy.js';

/** `splits: accept` takes in the policy's order; `avoid` (default) first looks for one location that has all. */
export const splitsAccepted = (options: SourcePolicyOptions): boolean => options['splits'] === 'accept';

/** Checks options that each may have one of a few values. */
export const optionsAmong =
  (allowed: Readonly<Record<string, readonly string[]>>) =>
  (options: SourcePolicyOptions): string | undefined => {
    for (const [name, value] of Object.entries(options)) {
      const values = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
      if (values === undefined) return `${name} is no option; there are ${Object.keys(allowed).join(', ') || 'none'}`;
      if (!values.some((one) => one === value)) return `${name} must be one of ${values.join(', ')}`;
    }
    return undefined;
  };

export const SPLITS = ['avoid', 'accept'] as const;
