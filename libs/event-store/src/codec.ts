/** Turns a domain event `{type: 'X', …}` into the stored pair of type `X.v1` and data, and back. */
export interface EventCodec<Event extends { readonly type: string }> {
  encode(event: Event): { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
  /** Brings data of an older version up to the newest one. */
  decode(stored: { readonly type: string; readonly data: unknown }): Event;
}

/** Lifts data as stored under one version to the next one: returns the newer stored type with its data. */
export type Upcast = (data: Readonly<Record<string, unknown>>) => {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export interface VersionedCodecOptions {
  /** Version written, by event type without suffix; 1 where none is named. */
  readonly versions?: Readonly<Record<string, number>>;
  /** By stored type, e.g. `StockMoved.v1`. Applied until none fits. */
  readonly upcasts?: Readonly<Record<string, Upcast>>;
}

/** Codec for events whose stored type is their name with a version suffix. */
export function versionedCodec<Event extends { readonly type: string }>(options: VersionedCodecOptions = {}): EventCodec<Event> {
  const versions = new Map(Object.entries(options.versions ?? {}));
  const upcasts = new Map(Object.entries(options.upcasts ?? {}));
  // There are few types and very many events.
  const storedType = remembering((type) => `${type}.v${versions.get(type) ?? 1}`);
  const eventType = remembering((type) => type.replace(/\.v\d+$/, ''));
  return {
    encode({ type, ...data }) {
      return { type: storedType(type), data };
    },
    decode(stored) {
      let { type, data } = { type: stored.type, data: stored.data as Readonly<Record<string, unknown>> };
      for (let upcast = upcasts.get(type); upcast; upcast = upcasts.get(type)) ({ type, data } = upcast(data));
      // The storage format is what the golden files of the domain pin; nothing else is written to these streams.
      return { ...data, type: eventType(type) } as unknown as Event;
    },
  };
}

function remembering(name: (type: string) => string): (type: string) => string {
  const known = new Map<string, string>();
  return (type) => {
    let found = known.get(type);
    if (found === undefined) known.set(type, (found = name(type)));
    return found;
  };
}
