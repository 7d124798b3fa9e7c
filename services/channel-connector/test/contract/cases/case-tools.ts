import type { ContractBench, ContractChannel } from '../contract-channel.js';
import type { Ability, VendorRig } from '../rig.js';

/** What the cases of the suite are given. */
export interface CaseTools {
  readonly rig: VendorRig;
  readonly bench: () => ContractBench;
  /** Opens a channel with so many listings, one by default; it is closed after the case. */
  readonly opened: (listings?: number) => Promise<{ readonly channel: ContractChannel; readonly skus: readonly string[] }>;
  /** A case that every vendor must pass. */
  readonly always: (title: string, run: () => Promise<void>) => void;
  /** A case that needs something of the vendor; where the vendor lacks it, the reason is the title, and that the provider has no such thing is checked. */
  readonly needs: (ability: Ability, title: string, run: () => Promise<void>) => void;
}
