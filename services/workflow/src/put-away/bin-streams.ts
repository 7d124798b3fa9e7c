import { STREAMS } from '@holdfast/contracts';
import type { EventStore, RecordedEvent } from '@holdfast/event-store';
import type { ProcessRef } from '@holdfast/kit';
import { decideBin, evolveBin, initialBinState, type BinCommand, type BinEvent, type BinState } from '@holdfast/warehouse';
import { DocumentStreams, type DocumentFamily } from '../line-processes/document-streams.js';

/** A bin of a location. */
export interface BinRef {
  readonly tenant: string;
  readonly locationId: string;
  readonly binId: string;
}

export type BinStreams = DocumentStreams<BinState, BinCommand, BinEvent>;

const FAMILY: DocumentFamily<BinState, BinCommand, BinEvent> = {
  initial: initialBinState,
  decide: decideBin,
  evolve: evolveBin,
  codec: STREAMS.bin,
  size: ({ claims, unseen }) => claims.length + unseen.length,
};

export const binStreams = (eventStore: EventStore): BinStreams => new DocumentStreams(FAMILY, eventStore);

/** Stands for a dot of a location, which no location may contain: the first dot of an id ends its location. */
const DOT = '!';

export const streamOfBin = ({ tenant, locationId, binId }: BinRef): ProcessRef => ({
  tenant,
  id: `${locationId.replaceAll('.', DOT)}.${binId}`,
});

/** The bin that an event is about. */
export function binOfEvent(event: RecordedEvent): BinRef {
  const id = STREAMS.bin.idOf(event);
  const dot = id.indexOf('.');
  return { tenant: event.metadata.tenant, locationId: id.slice(0, dot).replaceAll(DOT, '.'), binId: id.slice(dot + 1) };
}
