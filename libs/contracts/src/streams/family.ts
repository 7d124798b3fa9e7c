import type { EventData, Upcast, Upcasts } from './upcasts.js';

/** An event as the store holds it: its name with the version, such as `StockMoved.v1`, and its data. */
export interface StoredEvent {
  readonly type: string;
  readonly data: unknown;
}

/** What a reader needs of a recorded event besides type and data. */
export interface InStream extends StoredEvent {
  readonly stream: string;
  readonly metadata: { readonly tenant: string };
}

/** Turns a domain event into what is stored, and back. */
export interface EventCodec<Event extends { readonly type: string }> {
  /** Under the newest version. */
  encode(event: Event): { readonly type: string; readonly data: EventData };
  /** From any version. @throws UnreadableEvent */
  decode(stored: StoredEvent): Event;
}

/**
 * A stored type that this version of Holdfast does not know, most likely of a newer version, or data that is not an object. Skipping it
 * would lead to decisions on a wrong state, so the reader of the stream must stop.
 */
export class UnreadableEvent extends Error {
  constructor(
    readonly storedType: string,
    why: string,
  ) {
    super(`an event of type ${storedType} cannot be read: ${why}`);
    this.name = 'UnreadableEvent';
  }
}

/** How data of one stored type becomes the newest version of its event. */
interface Version<Type extends string> {
  readonly name: Type;
  readonly newestType: string;
  /** Those that lead from this version to the newest; none for the newest itself. */
  readonly upcasts: readonly Upcast[];
}

/**
 * One kind of stream: how it is named and what it holds. Readers and writers of the family get all of this here; nothing else knows how
 * the name of a stream is made or which versions of an event there are.
 */
export class StreamFamily<Event extends { readonly type: string }, Name extends string = string> implements EventCodec<Event> {
  /** Names of all streams of the family start with it. */
  readonly prefix: string;
  private readonly versions = new Map<string, Version<Event['type']>>();
  private readonly newestTypes = new Map<string, string>();

  constructor(
    readonly name: Name,
    readonly types: readonly Event['type'][],
    upcasts: Upcasts<Event> = {},
  ) {
    this.prefix = `${name}-`;
    for (const type of types) this.register(type, upcasts[type] ?? []);
  }

  holds({ stream }: { readonly stream: string }): boolean {
    return stream.startsWith(this.prefix);
  }

  /** For the filter of a subscription: every version of these events under which one may be stored, of all events when none is named. */
  storedTypes(types: readonly Event['type'][] = this.types): readonly string[] {
    const wanted = new Set<string>(types);
    return [...this.versions].filter(([, { name }]) => wanted.has(name)).map(([storedType]) => storedType);
  }

  /** The type under which an event is stored today. */
  newestType(type: Event['type']): string {
    const newest = this.newestTypes.get(type);
    if (newest === undefined) throw new Error(`${type} is no event of the family ${this.name}`);
    return newest;
  }

  /** The event that is stored under a type, of whatever version. @throws UnreadableEvent */
  nameOf(storedType: string): Event['type'] {
    return this.versionOf(storedType).name;
  }

  encode({ type, ...data }: Event): { readonly type: string; readonly data: EventData } {
    return { type: this.newestType(type), data };
  }

  decode(stored: StoredEvent): Event {
    const version = this.versionOf(stored.type);
    if (!isObject(stored.data)) throw new UnreadableEvent(stored.type, 'its data is no object');
    // Only decisions write to these streams, so the data is taken as it is; golden files pin the format.
    return { ...toNewest(version, stored.data), type: version.name } as unknown as Event;
  }

  /**
   * The event in its newest version as it would be stored, for code that forwards it. Returns its argument if that is the newest version,
   * or cannot be read by this version of Holdfast.
   */
  newest<Stored extends StoredEvent>(stored: Stored): Stored {
    const version = this.versions.get(stored.type);
    return version === undefined || version.upcasts.length === 0 || !isObject(stored.data)
      ? stored
      : { ...stored, type: version.newestType, data: toNewest(version, stored.data) };
  }

  private versionOf(storedType: string): Version<Event['type']> {
    const version = this.versions.get(storedType);
    if (version !== undefined) return version;
    throw new UnreadableEvent(storedType, `no version of Holdfast up to this one stores it in a ${this.name} stream`);
  }

  private register(name: Event['type'], upcasts: readonly Upcast[]): void {
    const newestType = `${name}.v${upcasts.length + 1}`;
    this.newestTypes.set(name, newestType);
    for (let version = 1; version <= upcasts.length + 1; version += 1) {
      this.versions.set(`${name}.v${version}`, { name, newestType, upcasts: upcasts.slice(version - 1) });
    }
  }
}

/** Streams of which a tenant has one: `locations-{tenant}`. */
export class TenantStreams<Event extends { readonly type: string }, Name extends string = string> extends StreamFamily<Event, Name> {
  streamOf(tenant: string): string {
    return this.prefix + tenant;
  }
}

/** Streams of which a tenant has one for each id: `stock-{tenant}.{sku}`. */
export class KeyedStreams<Event extends { readonly type: string }, Name extends string = string> extends StreamFamily<Event, Name> {
  streamOf(tenant: string, id: string): string {
    return `${this.prefix}${tenant}.${id}`;
  }

  /** What the stream of a recorded event is about, such as the SKU. */
  idOf({ stream, metadata }: Pick<InStream, 'stream' | 'metadata'>): string {
    return stream.slice(this.prefix.length + metadata.tenant.length + 1);
  }

  /** For where only the name of the stream is at hand: a tenant's name holds no dot. */
  parse(stream: string): { readonly tenant: string; readonly id: string } {
    const dot = stream.indexOf('.');
    return { tenant: stream.slice(this.prefix.length, dot), id: stream.slice(dot + 1) };
  }
}

function toNewest({ upcasts }: Version<string>, data: EventData): EventData {
  let newest = data;
  for (const upcast of upcasts) newest = upcast(newest);
  return newest;
}

const isObject = (value: unknown): value is EventData => typeof value === 'object' && value !== null && !Array.isArray(value);
