import { evolveCount, initialCountState, type CountEvent, type CountState } from '@holdfast/warehouse';

/** A batch of counts with its times, epoch milliseconds. */
export interface CountRecord {
  readonly state: CountState;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Events so far. */
  readonly version: number;
}

export const initialRecord = (): CountRecord => ({ state: initialCountState(), createdAt: 0, updatedAt: 0, version: 0 });

export const evolveRecord = (record: CountRecord, event: CountEvent, at: number): CountRecord => ({
  state: evolveCount(record.state, event, at),
  createdAt: record.version === 0 ? at : record.createdAt,
  updatedAt: at,
  version: record.version + 1,
});
