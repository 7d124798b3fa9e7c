import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import {
  decidePutAway,
  evolvePutAway,
  initialPutAwayState,
  type PutAwayCommand,
  type PutAwayEvent,
  type PutAwayState,
} from '@holdfast/warehouse';
import { DocumentStreams, type DocumentFamily, type DocumentRecord, type KnownOutcome } from '../line-processes/document-streams.js';

export type TaskRecord = DocumentRecord<PutAwayState>;
export type TaskOutcome = KnownOutcome<PutAwayState>;
export type TaskStreams = DocumentStreams<PutAwayState, PutAwayCommand, PutAwayEvent>;

const FAMILY: DocumentFamily<PutAwayState, PutAwayCommand, PutAwayEvent> = {
  initial: initialPutAwayState,
  decide: decidePutAway,
  evolve: evolvePutAway,
  codec: STREAMS.putaway,
  size: ({ lines, moveIds }) => lines.length + moveIds.length,
};

export const taskStreams = (eventStore: EventStore): TaskStreams => new DocumentStreams(FAMILY, eventStore);
