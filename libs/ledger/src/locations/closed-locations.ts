import { STREAMS, UnreadableEvent } from '@holdfast/contracts';
import { EventStoreUnavailable, START } from '@holdfast/event-store';
import type { EventStore, EventSubscription, Position, RecordedEvent } from '@holdfast/event-store';
import { servesNobody, type Serving } from '@holdfast/inventory';
import { within } from '@holdfast/kit';

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
  private readonly reached: Promise<void>;
  private settle: { readonly done: () => void; readonly failed: (error: Error) => void } | undefined;
  private subscription: EventSubscription | undefined;
  private starting: Promise<void> | undefined;
  private isStopped = false;

  constructor(private readonly eventStore: EventStore) {
    this.reached = new Promise<void>((done, failed) => (this.settle = { done, failed }));
    this.reached.catch(() => undefined);
  }

  of(tenant: string): ReadonlySet<string> {
    return this.tenants.get(tenant) ?? NONE;
  }

  async known(): Promise<void> {
    // A start that failed is tried again; one that succeeded reads on, however many waits for it end in vain.
    this.starting ??= this.start().catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    });
    await this.starting;
    const late = (): Error => new EventStoreUnavailable('the locations could not be read in time');
    await within(KNOWN_WITHIN_MS, this.reached, late);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.settle?.failed(new EventStoreUnavailable('the locations are read no more'));
    await this.subscription?.stop();
  }

  private async start(): Promise<void> {
    const head = await this.eventStore.head();
    if (this.isStopped) return;
    const look = (position: Position): void => {
      if (this.isKnown || position < head) return;
      this.isKnown = true;
      this.settle?.done();
    };
    this.subscription = this.eventStore.subscribe({
      after: START,
      filter: FACTS,
      onBatch: async ({ events, position }) => {
        for (const event of events) this.apply(event);
        look(position);
      },
    });
    look(START);
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
