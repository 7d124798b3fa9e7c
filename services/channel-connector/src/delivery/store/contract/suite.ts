import { acceptedWritesContract } from './accepted-writes.js';
import { StoreBench } from './bench.js';
import { dueListingsContract } from './due-listings.js';
import { leasesContract } from './leases.js';
import { settlingContract } from './settling.js';
import { shownFiguresContract } from './shown-figures.js';
import type { StoreSubject } from './subject.js';

/** What the delivery asks of its store; every store passes it. @param empty an empty store */
export function deliveryStoreContract(empty: () => Promise<StoreSubject>): void {
  const begin = async (): Promise<StoreBench> => StoreBench.begin(await empty());
  for (const contract of [leasesContract, dueListingsContract, settlingContract, acceptedWritesContract, shownFiguresContract])
    contract(begin);
}
