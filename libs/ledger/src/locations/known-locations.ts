import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { decideLocations, evolveLocations, initialLocations } from '@holdfast/inventory';
import type { Location, LocationEvent, LocationsState, PutLocation } from '@holdfast/inventory';
import type { ProcessedCommand } from '../processor/definition.js';
import { StreamProcessor } from '../processor/stream-processor.js';

/** Answers whether a tenant has a location, from the tenant's event stream. The stream is read when first asked, so that the start of the service reads none. */
export class KnownLocations {
  private readonly streams: StreamProcessor<LocationsState, PutLocation & ProcessedCommand, LocationEvent>;
  private readonly known = new Map<string, LocationsState>();

  constructor(eventStore: EventStore) {
    const definition = { initial: initialLocations, decide: decideLocations, evolve: evolveLocations, codec: STREAMS.locations };
    this.streams = new StreamProcessor<LocationsState, PutLocation & ProcessedCommand, LocationEvent>(definition, { eventStore });
  }

  /** Locations are never removed, so a known one is not read again. @throws EventStoreUnavailable */
  async knows(tenant: string, locationId: string): Promise<boolean> {
    if (this.known.get(tenant)?.has(locationId) === true) return true;
    const { state } = await this.streams.read(STREAMS.locations.streamOf(tenant));
    this.known.set(tenant, state);
    return state.has(locationId);
  }

  /** The location with its bins as they are now; undefined where there is none. @throws EventStoreUnavailable */
  async find(tenant: string, locationId: string): Promise<Location | undefined> {
    const { state } = await this.streams.read(STREAMS.locations.streamOf(tenant));
    this.known.set(tenant, state);
    return state.get(locationId);
  }
}
