/** Units at one place of the vendor: a location, a ship node. */
export interface Part {
  readonly remoteId: string;
  readonly quantity: number;
}

/** What a listing shows, or should show. Whole units, never negative. */
export interface Figure {
  /** Over all places. */
  readonly quantity: number;
  /** One entry per place that the channel maps; empty where listings have one figure. */
  readonly parts: readonly Part[];
}

/** What a provider remembers of a listing between calls, e.g. ids of offers. Stored as JSON with the listing, never shown. */
export type Memo = Readonly<Record<string, unknown>>;
