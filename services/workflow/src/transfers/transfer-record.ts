import { evolveTransfer, initialTransferState, type TransferEvent, type TransferState } from '@holdfast/inventory';

/** A transfer with its times, epoch milliseconds. */
export interface TransferRecord {
  readonly state: TransferState;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Events so far. */
  readonly version: number;
}

export const initialRecord = (): TransferRecord => ({ state: initialTransferState(), createdAt: 0, updatedAt: 0, version: 0 });

export const evolveRecord = (record: TransferRecord, event: TransferEvent, at: number): TransferRecord => ({
  state: evolveTransfer(record.state, event, at),
  createdAt: event.type === 'TransferCreated' ? at : record.createdAt,
  updatedAt: at,
  version: record.version + 1,
});
