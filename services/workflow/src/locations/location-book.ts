import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { decideLocations, evolveLocations, initialLocations } from '@holdfast/inventory';
import type { LocationEvent, LocationsState, PutLocation } from '@holdfast/inventory';
import { StreamProcessor, type ProcessedCommand } from '@holdfast/ledger';

/** A tenant's locations, as its event stream says. Asked for when needed, so that a start need not follow every tenant's. */
export class LocationBook {
  private readonly streams: StreamProcessor<LocationsState, PutLocation & ProcessedCommand, LocationEvent>;
  private readonly known = new Map<string, LocationsState>();

  constructor(eventStore: EventStore) {
    const definition = { initial: initialLocations, decide: decideLocations, evolve: evolveLocations, codec: STREAMS.locations };
    this.streams = new StreamProcessor<LocationsState, PutLocation & ProcessedCommand, LocationEvent>(definition, { eventStore });
  }

  /** Locations are never removed, so one that was known once needs no look. @throws EventStoreUnavailable */
  async knows(tenant: string, locationId: string): Promise<boolean> {
    if (this.known.get(tenant)?.has(locationId) === true) return true;
    const { state } = await this.streams.read(STREAMS.locations.streamOf(tenant));
    this.known.set(tenant, state);
    return state.has(locationId);
  }
}
