import type { EventStore } from '@holdfast/event-store';
import type { ProcessRef } from '@holdfast/kit';
import { adjustmentStreams } from '../adjustments/adjustment-process.js';
import { TransferStreams } from '../transfers/transfer-streams.js';

/** Asks the streams of the documents that claim space in bins, so that the answer is no older than the question. */
export function documentsUnderWay(eventStore: EventStore): (document: ProcessRef) => Promise<boolean> {
  const adjustments = adjustmentStreams(eventStore);
  const transfers = new TransferStreams(eventStore);
  return async ({ tenant, id }) => {
    if (id.startsWith('tr_')) return (await transfers.read({ tenant, transferId: id })).record.state.phase === 'moving';
    return (await adjustments.read({ tenant, id })).record.state.phase === 'applying';
  };
}
