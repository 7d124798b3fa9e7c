import { bulkLines, type BulkOptions, type LineResult, type StockLine } from './bulk/bulk-lines.js';
import { API_VERSION } from './generated/operations.js';
import type { Resources } from './generated/resources.js';
import { systemSurroundings, type HoldfastOptions, type Surroundings } from './options.js';
import { outcomeOf } from './outcome.js';
import { Requests } from './requests/requests.js';
import { resourcesOf } from './resources.js';
import { Sku } from './sku/sku.js';
import { changesOf, onlyChanges, type Change } from './stream/changes.js';
import { followView, type Followed, type View } from './stream/follow-view.js';
import type { FollowOptions } from './stream/server-sent-events.js';
import type { QueryOf } from './types.js';

/** Which changes are told, and how the stream is followed. */
export type StreamOptions = QueryOf<'changes.follow'> & FollowOptions;

/** Takes on the methods of the API as its own. */
class Api {
  constructor(requests: Requests) {
    Object.assign(this, resourcesOf(requests));
  }
}

/**
 * A client of Holdfast. Every operation of the API is a method by its id, such as `holdfast.reservations.reserve(body)`: the parameters of
 * its path, then its body, its query and options. Writes carry an idempotency key and are sent again where no answer came.
 */
export class Holdfast extends (Api as unknown as new (requests: Requests) => Resources) {
  /** Version of the API that the types describe. */
  static readonly apiVersion = API_VERSION;
  private readonly requests: Requests;

  /** Waits for a call and gives refusals as values: `{ ok: true, value }` or `{ ok: false, code, details }`. */
  readonly outcome = outcomeOf;

  /** @param surroundings for tests */
  constructor(options: HoldfastOptions, surroundings: Surroundings = systemSurroundings) {
    const requests = new Requests({ ...options, url: options.url.replace(/\/+$/, '') }, surroundings);
    super(requests);
    this.requests = requests;
  }

  /** Where the log holds the newest write of this client; its reads wait for it. */
  get position(): bigint | undefined {
    return this.requests.ownWrites.position;
  }

  /**
   * Changes of stock and of what channels may promise, as they are published, over cut connections: each version of a figure once.
   * @throws ResumeLost where the server cannot go on behind the token
   */
  stream(options: StreamOptions = {}): AsyncGenerator<Change> {
    return onlyChanges(this.opened(options));
  }

  /** A view and its changes without a gap: its snapshot, then what changes. After a cut that cannot be resumed comes a new snapshot. */
  follow<Snapshot>(view: View<Snapshot>, options: Omit<StreamOptions, 'resume'> = {}): AsyncGenerator<Followed<Snapshot>> {
    const { signal } = options;
    return followView(view, () => this.opened(options), signal === undefined ? {} : { signal });
  }

  /** What there is to ask about one SKU, such as `holdfast.sku('TENT-2P').explain()`. */
  sku(sku: string): Sku {
    return new Sku(this, sku);
  }

  /** Applies any number of counts and differences, and gives the result of each line in their order. */
  bulk(lines: AsyncIterable<StockLine> | Iterable<StockLine>, options: BulkOptions = {}): AsyncGenerator<LineResult> {
    return bulkLines(this, lines, options);
  }

  private opened({ signal, resume, onState, ...query }: StreamOptions): ReturnType<typeof changesOf> {
    const options = {
      ...(signal === undefined ? {} : { signal }),
      ...(resume === undefined ? {} : { resume }),
      ...(onState === undefined ? {} : { onState }),
    };
    return changesOf(this.changes.follow(query, options));
  }
}
