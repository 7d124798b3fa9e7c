import type { Figure } from '@holdfast/channel-connector';
import type { Random, VirtualTime } from '@holdfast/simulation';
import type { VendorAnswer, VendorRequest } from '@holdfast/vendor-http';

/** One change of what a listing shows. */
export interface Change {
  readonly at: number;
  readonly by: 'us' | 'hand';
  readonly quantity: number;
  /** It came of a call that its caller had given up, or of the second delivery of one. */
  readonly isStray: boolean;
}

/** What a call does, as the auditor reads it. */
export interface Reading {
  readonly kind: 'write' | 'read' | 'other';
  readonly listingIds: readonly string[];
}

export type Place = string;

/** A listing as the vendor has it, place by place; a listing without places has one place of its own. */
export interface VendorListing {
  readonly places: Map<Place, number>;
  /** Over all places, before the first change. */
  readonly initial: number;
  readonly changes: Change[];
}

/** The only place of a listing without places. */
export const WHOLE: Place = '';

/** Told of each change, whoever made it. */
export type OnChange = (listingId: string, at: number) => void;

const TOKEN_MS = 75_000;

/** A vendor in virtual time: listings, tokens that end, and faults while it storms. */
export abstract class Vendor {
  readonly listings = new Map<string, VendorListing>();
  /** Listings of writes in the order of their arrival. */
  readonly received: { readonly listingId: string; readonly quantity: number }[] = [];
  protected stormy = false;
  private readonly tokens = new Map<string, number>();
  private onChange: OnChange = () => undefined;

  constructor(
    readonly channelId: string,
    protected readonly time: VirtualTime,
    protected readonly random: Random,
  ) {}

  abstract read(request: VendorRequest): Reading;
  /** @param isStray the caller went on, or was told before */
  abstract handle(request: VendorRequest, isStray: boolean): VendorAnswer;

  watch(onChange: OnChange): void {
    this.onChange = onChange;
  }

  storm(): void {
    this.stormy = true;
  }

  calm(): void {
    this.stormy = false;
  }

  /** Tokens that were given are not taken any more. */
  revokeTokens(): void {
    this.tokens.clear();
  }

  list(listingId: string, places: readonly Place[], each: number): void {
    this.listings.set(listingId, { places: new Map(places.map((place) => [place, each])), initial: each * places.length, changes: [] });
  }

  /** Over all places; undefined where the vendor has no such listing. */
  shows(listingId: string): number | undefined {
    const listing = this.listings.get(listingId);
    return listing === undefined ? undefined : [...listing.places.values()].reduce((sum, units) => sum + units, 0);
  }

  figure(listingId: string): Figure {
    const places = [...(this.listings.get(listingId)?.places ?? [])];
    const parts = places.flatMap(([remoteId, quantity]) => (remoteId === WHOLE ? [] : [{ remoteId, quantity }]));
    return { quantity: this.shows(listingId) ?? 0, parts };
  }

  /** Somebody sets another figure in the vendor's own pages. */
  editByHand(listingId: string, quantity: number): void {
    const listing = this.listings.get(listingId);
    if (listing === undefined) return;
    const [first, ...others] = [...listing.places.keys()];
    this.set(listingId, new Map([...others.map((place) => [place, 0] as const), [first ?? WHOLE, quantity]]), 'hand', false);
  }

  protected set(listingId: string, places: ReadonlyMap<Place, number>, by: Change['by'], isStray: boolean): void {
    const listing = this.listings.get(listingId);
    if (listing === undefined) return;
    for (const [place, quantity] of places) listing.places.set(place, quantity);
    const at = this.time.now();
    listing.changes.push({ at, by, quantity: this.shows(listingId) ?? 0, isStray });
    this.onChange(listingId, at);
  }

  protected newToken(): VendorAnswer {
    const token = this.random.uuid();
    this.tokens.set(token, this.time.now() + TOKEN_MS);
    return answered(200, { access_token: token, expires_in: TOKEN_MS / 1_000 });
  }

  protected takes(token: string | undefined): boolean {
    return (this.tokens.get(token ?? '') ?? 0) > this.time.now();
  }

  /** Busy, or broken before it did anything. */
  protected refusal(): VendorAnswer | undefined {
    if (!this.stormy) return undefined;
    if (this.random.chance(0.04)) return answered(429, {}, { 'retry-after': String(this.random.between(1, 3)) });
    return this.random.chance(0.03) ? answered(503, {}) : undefined;
  }

  /** It did what was asked for, and then broke. */
  protected breaksAfter(): VendorAnswer | undefined {
    return this.stormy && this.random.chance(0.03) ? answered(500, {}) : undefined;
  }
}

export const answered = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): VendorAnswer => ({
  kind: 'answered',
  status,
  headers,
  body: Buffer.from(JSON.stringify(body)),
});
