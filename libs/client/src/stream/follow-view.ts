import type { Answer, CallOptions } from '../requests/call.js';
import type { Change, Opened } from './changes.js';
import { ResumeLost } from './open-stream.js';

/** Something that is read once and then kept up to date by the stream. */
export interface View<Snapshot> {
  /** Reads it, such as `(options) => holdfast.channelStock.list({ locationId: 'BER' }, options)`. */
  readonly load: (options: CallOptions) => { answer(): Promise<Answer<Snapshot>> };
}

export type Followed<Snapshot> =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly position: bigint | undefined }
  | { readonly kind: 'change'; readonly change: Change };

/**
 * A view and its changes without a gap: the stream is opened, then the view is read, then come the changes that it does not reflect yet.
 * Where the server cannot go on behind the last change that was read, the view is read anew.
 * @param open opens the stream anew
 */
export async function* followView<Snapshot>(
  view: View<Snapshot>,
  open: () => AsyncIterable<Change | Opened>,
  options: CallOptions,
): AsyncGenerator<Followed<Snapshot>> {
  for (;;) {
    try {
      yield* followOnce(view, open(), options);
      return;
    } catch (error) {
      if (!(error instanceof ResumeLost)) throw error;
    }
  }
}

async function* followOnce<Snapshot>(
  { load }: View<Snapshot>,
  changes: AsyncIterable<Change | Opened>,
  options: CallOptions,
): AsyncGenerator<Followed<Snapshot>> {
  let reflected: bigint | undefined;
  let isLoaded = false;
  for await (const change of changes) {
    if (!isLoaded) {
      const { value, position } = await load(options).answer();
      [reflected, isLoaded] = [position, true];
      yield { kind: 'snapshot', snapshot: value, position };
    }
    if (change.topic !== 'hello' && (reflected === undefined || BigInt(change.event.data.position) > reflected))
      yield { kind: 'change', change };
  }
}
