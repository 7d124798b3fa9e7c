import type { EventStore, Position } from '@holdfast/event-store';
import { NO_STREAM, START, versionedCodec } from '@holdfast/event-store';
import type { LocationEvent, LocationsState, PutLocation, Refusal } from '@holdfast/inventory';
import { decideLocations, evolveLocations, initialLocations } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/platform';

export interface PutContext {
  readonly at: number;
  readonly commandId: string;
  readonly actor: string;
}

export type PutResult =
  | { readonly kind: 'put'; readonly command: PutLocation; readonly created: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface Held {
  readonly state: LocationsState;
  readonly revision: number;
  readonly position: Position;
}

const codec = versionedCodec<LocationEvent>();
const PAGE = 1_000;
const ATTEMPTS = 10;
/** Keeps an append far below what any engine takes at once. */
const EVENTS_PER_APPEND = 500;

const streamOf = (tenant: string): string => `locations-${tenant}`;

/** A tenant's locations: read from their stream, kept in memory, brought up to date when somebody asks for one that is not known yet. */
export class LocationBook {
  private readonly tenants = new Map<string, Held>();

  constructor(private readonly store: EventStore) {}

  /** Those of the ids that are no location of the tenant now. Locations are never removed, so a known one needs no look. */
  async unknownOf(tenant: string, locationIds: readonly string[]): Promise<ReadonlySet<string>> {
    const missing = (held: Held): Set<string> => new Set(locationIds.filter((id) => !held.state.has(id)));
    const unknown = missing(this.held(tenant));
    return unknown.size === 0 ? unknown : missing(await this.refresh(tenant));
  }

  /** Registers locations or changes what is known of them, in order; a refused one leaves the others alone. */
  async put(
    tenant: string,
    commands: readonly PutLocation[],
    context: PutContext,
  ): Promise<{ readonly results: readonly PutResult[]; readonly position: Position }> {
    const results: PutResult[] = [];
    let position = (await this.refresh(tenant)).position;
    for (let start = 0; start < commands.length; start += EVENTS_PER_APPEND) {
      const part = await this.append(tenant, commands.slice(start, start + EVENTS_PER_APPEND), context, start);
      results.push(...part.results);
      position = part.position;
    }
    return { results, position };
  }

  private async append(tenant: string, commands: readonly PutLocation[], context: PutContext, offset: number) {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await this.refresh(tenant);
      const { results, events, state } = decideAll(before.state, commands);
      if (events.length === 0) return { results, position: before.position };
      const answer = await this.store.append(
        streamOf(tenant),
        before.revision,
        events.map((event, index) => ({
          id: uuidOf(`${context.commandId}|${offset + index}`),
          ...codec.encode(event),
          metadata: { tenant, at: context.at, commandId: context.commandId, actor: context.actor },
        })),
      );
      if (answer.kind === 'appended') {
        this.tenants.set(tenant, { state, revision: answer.revision, position: answer.position });
        return { results, position: answer.position };
      }
    }
    throw new Error(`locations of ${tenant} changed ${ATTEMPTS} times while they were being changed here`);
  }

  private held(tenant: string): Held {
    return this.tenants.get(tenant) ?? { state: initialLocations(), revision: NO_STREAM, position: START };
  }

  private async refresh(tenant: string): Promise<Held> {
    let held = this.held(tenant);
    for (;;) {
      const page = await this.store.readStream(streamOf(tenant), { from: held.revision + 1, limit: PAGE });
      for (const event of page)
        held = { state: evolveLocations(held.state, codec.decode(event)), revision: event.revision, position: event.position };
      if (page.length < PAGE) break;
    }
    // Another refresh may have come further meanwhile.
    if (held.revision >= this.held(tenant).revision) this.tenants.set(tenant, held);
    return this.held(tenant);
  }
}

function decideAll(before: LocationsState, commands: readonly PutLocation[]) {
  let state = before;
  const events: LocationEvent[] = [];
  const results = commands.map((command): PutResult => {
    const decision = decideLocations(state, command);
    if (decision.kind === 'refused') return { kind: 'refused', refusal: decision };
    const created = !state.has(command.locationId);
    for (const event of decision.events) {
      events.push(event);
      state = evolveLocations(state, event);
    }
    return { kind: 'put', command, created };
  });
  return { results, events, state };
}
