import { closingContract } from './contract/closing.js';
import { deadLettersContract } from './contract/dead-letters.js';
import { groupsContract } from './contract/groups.js';
import { orderContract } from './contract/order.js';
import { outageContract } from './contract/outage.js';
import { redeliveryContract } from './contract/redelivery.js';
import { Suite, type BusHarness } from './contract/suite.js';
import { tailsContract } from './contract/tails.js';
import { topicsContract } from './contract/topics.js';

export type { BusHarness } from './contract/suite.js';

/** What every engine of the bus must do; a spec per engine runs it. The harness must be ready when the tests begin. */
export function busContract(harness: () => BusHarness, parts: { readonly outage: boolean } = { outage: true }): void {
  let current: Suite | undefined;
  const suite = (): Suite => (current ??= new Suite(harness()));

  afterEach(() => current?.end());

  topicsContract(suite);
  orderContract(suite);
  groupsContract(suite);
  deadLettersContract(suite);
  redeliveryContract(suite);
  tailsContract(suite);
  closingContract(suite);
  if (parts.outage) outageContract(suite);
}
