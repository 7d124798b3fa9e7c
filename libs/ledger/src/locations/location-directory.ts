import { STREAMS, UnreadableEvent } from '@holdfast/contracts';
import { EventStoreUnavailable, NO_STREAM, START } from '@holdfast/event-store';
import type { EventStore, EventSubscription, Position, RecordedEvent } from '@holdfast/event-store';
import { decideLocations, evolveLocations, initialLocations } from '@holdfast/inventory';
import type { Location, LocationEvent, LocationsState, PutLocation } from '@holdfast/inventory';
import type { CommandContext } from '../port.js';
import type { ProcessedCommand, StreamDefinition } from '../processor/definition.js';
import type { ProcessOutcome } from '../processor/outcome.js';
import { StreamProcessor } from '../processor/stream-processor.js';

const READY_WITHIN_MS = 30_000;

const locationStreams: StreamDefinition<LocationsState, PutLocation & ProcessedCommand, LocationEvent> = {
  initial: initialLocations,
  decide: decideLocations,
  evolve: evolveLocations,
  codec: STREAMS.locations,
  size: (state) => state.size,
};

/** Locations of all tenants, in memory; every tenant has `MAIN` without registering it. */
export interface LocationDirectory {
  /** As last read from the log; a change by another process arrives within moments. */
  find(tenant: string, locationId: string): Location | undefined;
  /** In the order in which reservations take from them: by priority, then by id. */
  list(tenant: string): readonly Location[];
  /** Reads the event store when the location is not known in memory. @throws EventStoreUnavailable */
  exists(tenant: string, locationId: string): Promise<boolean>;
  /**
   * Registers a location, or changes its fields; `find` returns the change as soon as this resolves.
   * @throws StreamBusy, EventStoreUnavailable (send the same again)
   */
  put(
    tenant: string,
    location: Location,
    command: ProcessedCommand,
    context?: CommandContext,
  ): Promise<ProcessOutcome<LocationsState, LocationEvent>>;
  stop(): Promise<void>;
}

interface Known {
  readonly locations: LocationsState;
  readonly revision: number;
  /** Sorted by priority, then id; computed at the first request. */
  ordered?: readonly Location[];
}

/**
 * Resolves once all events stored at the time of the call are applied.
 * @throws EventStoreUnavailable when that takes too long
 */
export async function openLocationDirectory(eventStore: EventStore): Promise<LocationDirectory> {
  const directory = new SubscribedLocationDirectory(eventStore);
  try {
    await directory.start();
    return directory;
  } catch (error) {
    await directory.stop();
    throw error;
  }
}

class SubscribedLocationDirectory implements LocationDirectory {
  private readonly tenants = new Map<string, Known>();
  private readonly processor: StreamProcessor<LocationsState, PutLocation & ProcessedCommand, LocationEvent>;
  private subscription: EventSubscription | undefined;

  constructor(private readonly eventStore: EventStore) {
    this.processor = new StreamProcessor(locationStreams, { eventStore });
  }

  async start(): Promise<void> {
    const head = await this.eventStore.head();
    if (head === START) this.subscribe(() => undefined);
    else await this.caughtUpWith(head);
  }

  find(tenant: string, locationId: string): Location | undefined {
    return this.known(tenant).locations.get(locationId);
  }

  list(tenant: string): readonly Location[] {
    const known = this.known(tenant);
    return (known.ordered ??= inOrder(known.locations));
  }

  async exists(tenant: string, locationId: string): Promise<boolean> {
    if (this.find(tenant, locationId)) return true;
    const { state, revision } = await this.processor.read(STREAMS.locations.streamOf(tenant));
    this.learn(tenant, state, revision);
    return state.has(locationId);
  }

  async put(
    tenant: string,
    location: Location,
    { at, commandId }: ProcessedCommand,
    context?: CommandContext,
  ): Promise<ProcessOutcome<LocationsState, LocationEvent>> {
    const command = { ...location, type: 'PutLocation', at, commandId } as const;
    const outcome = await this.processor.execute(STREAMS.locations.streamOf(tenant), tenant, command, context);
    if (outcome.kind === 'accepted') this.learn(tenant, outcome.state, outcome.revision);
    return outcome;
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
    await this.processor.drain();
  }

  private caughtUpWith(head: Position): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new EventStoreUnavailable('the locations could not be read in time')), READY_WITHIN_MS);
      this.subscribe((position) => {
        if (position < head) return;
        clearTimeout(late);
        resolve();
      });
    });
  }

  private subscribe(reached: (position: Position) => void): void {
    this.subscription = this.eventStore.subscribe({
      after: START,
      filter: { streamPrefixes: [STREAMS.locations.prefix] },
      onBatch: async ({ events, position }) => {
        this.apply(events);
        reached(position);
      },
    });
  }

  private known(tenant: string): Known {
    return this.tenants.get(tenant) ?? UNTOUCHED;
  }

  private apply(batch: readonly RecordedEvent[]): void {
    for (const [tenant, events] of byTenant(batch)) {
      const { locations, revision } = this.known(tenant);
      // Events that this process wrote itself are applied already.
      const newer = events.filter((event) => event.revision > revision);
      const newest = newer.at(-1);
      if (newest !== undefined) this.learn(tenant, newer.flatMap(readable).reduce(evolveLocations, locations), newest.revision);
    }
  }

  private learn(tenant: string, locations: LocationsState, revision: number): void {
    if (revision > this.known(tenant).revision) this.tenants.set(tenant, { locations, revision });
  }
}

/**
 * Returns nothing for an event that cannot be read: it must not stop the locations of all tenants. Each event holds all fields of one
 * location, so the other locations stay correct; a command on that tenant's stream fails with the error.
 */
function readable(event: RecordedEvent): readonly LocationEvent[] {
  try {
    return [STREAMS.locations.decode(event)];
  } catch (error) {
    if (error instanceof UnreadableEvent) return [];
    throw error;
  }
}

function byTenant(events: readonly RecordedEvent[]): ReadonlyMap<string, readonly RecordedEvent[]> {
  const tenants = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const known = tenants.get(event.metadata.tenant);
    if (known === undefined) tenants.set(event.metadata.tenant, [event]);
    else known.push(event);
  }
  return tenants;
}

function inOrder(locations: LocationsState): readonly Location[] {
  return [...locations.values()].sort(
    (a, b) => a.priority - b.priority || (a.locationId < b.locationId ? -1 : Number(a.locationId > b.locationId)),
  );
}

/** A tenant without events. */
const UNTOUCHED: Known = { locations: initialLocations(), revision: NO_STREAM };
