import type { BodyOf } from '@holdfast/client';

/** One figure that a channel shows of a SKU. */
export interface ShownUnits {
  /** Our location that the figure is of; null where it is of all of them. */
  readonly locationId: string | null;
  /** Undefined where the channel was told nothing yet. */
  readonly units: number | undefined;
}

/** A sales channel of the replay: what it is set up with, and what it shows. */
export interface ReplayedChannel {
  /** `webhook`, or the vendor's name. */
  readonly name: string;
  readonly channelId: string;
  /** Of `PUT /sales-channel/channels/{channelId}`. */
  readonly body: BodyOf<'channels.put'>;
  /** Lists the SKUs, as Holdfast names them. @returns their listing ids, in the order given */
  list(skus: readonly string[]): readonly string[];
  /** What it shows now, by SKU as Holdfast names it. */
  shown(): ReadonlyMap<string, readonly ShownUnits[]>;
  close(): Promise<void>;
}
