import { STREAMS, UnreadableEvent } from '@holdfast/contracts';
import { EventStoreUnavailable, START } from '@holdfast/event-store';
import type { EventStore, EventSubscription, Position, RecordedEvent } from '@holdfast/event-store';
import { servesNobody, type Serving } from '@holdfast/inventory';

const KNOWN_WITHIN_MS = 30_000;
const FACTS = {
  streamPrefixes: [STREAMS.locations.prefix],
  types: STREAMS.locations.storedTypes(['LocationRegistered', 'LocationChanged']),
};
const NONE: ReadonlySet<string> = new Set();

/** Locations of which nothing may leave: blocked ones, and those for destruction. A change by another process arrives within moments. */
export interface ClosedLocations {
  of(tenant: string): ReadonlySet<string>;
  /** False until all that was stored at the start is read. */
  readonly isKnown: boolean;
  /** Resolves once it is. @throws EventStoreUnavailable when that takes too long */
  known(): Promise<void>;
  stop(): Promise<void>;
}

/** Follows the catalogues of all tenants from their beginning, and keeps the few locations that serve nobody. */
export const followClosedLocations = (eventStore: EventStore): ClosedLocations => new FollowedLocations(eventStore);

class FollowedLocations implements ClosedLocations {
  isKnown = false;
  private readonly tenants = new Map<string, ReadonlySet<string>>();
  private subscription: EventSubscription | undefined;
  private starting: Promise<void> | undefined;

  constructor(private readonly eventStore: EventStore) {}

  of(tenant: string): ReadonlySet<string> {
    return this.tenants.get(tenant) ?? NONE;
  }

  known(): Promise<void> {
    this.starting ??= this.start().catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
  }

  private async start(): Promise<void> {
    const head = await this.eventStore.head();
    await this.subscription?.stop();
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new EventStoreUnavailable('the locations could not be read in time')), KNOWN_WITHIN_MS);
      const reached = (position: Position): void => {
        if (position < head) return;
        clearTimeout(late);
        resolve();
      };
      this.subscription = this.eventStore.subscribe({
        after: START,
        filter: FACTS,
        onBatch: async ({ events, position }) => {
          for (const event of events) this.apply(event);
          reached(position);
        },
      });
      reached(START);
    });
    this.isKnown = true;
  }

  private apply(event: RecordedEvent): void {
    const location = locationOf(event);
    if (location === undefined) return;
    const { tenant } = event.metadata;
    const known = this.of(tenant);
    const isClosed = servesNobody(location);
    if (known.has(location.locationId) === isClosed) return;
    const others = [...known].filter((locationId) => locationId !== location.locationId);
    this.tenants.set(tenant, new Set(isClosed ? [...others, location.locationId] : others));
  }
}

/** Nothing for an event that cannot be read: it must not stop the locations of all tenants. */
function locationOf(event: RecordedEvent): (Serving & { readonly locationId: string }) | undefined {
  try {
    const location = STREAMS.locations.decode(event);
    return location.type === 'BinsSet' ? undefined : location;
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}
