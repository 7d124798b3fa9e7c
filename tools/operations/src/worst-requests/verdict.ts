/** No request may hold the event loop for longer, on a quick machine. */
const MOST_MS = 50;
/** No request may need more memory at once than this many times its body, beyond what the smallest may need. */
const MOST_GROWTH = 20;
const MEBIBYTE = 1_048_576;
/** With what was not collected yet, and of what is alive only. */
const FREE_BYTES = { all: 64 * MEBIBYTE, alive: 32 * MEBIBYTE };

/** What a request cost. */
export interface Measurement {
  readonly request: string;
  readonly bytes: number;
  /** Longest hold of the event loop by the first such request after a start, milliseconds of processor time; undefined where none was sent. */
  readonly coldMs: number | undefined;
  /** Longest hold by one that came after others. */
  readonly warmMs: number;
  /** Longest hold by what the request made others do after its answer; their own batches bound it. Told, not judged. */
  readonly afterMs: number | undefined;
  /** Most memory at once, without what is kept. */
  readonly transientBytes: number;
  /** Whether that is what was alive, or garbage, too. */
  readonly memory: keyof typeof FREE_BYTES;
  /** What was still there afterwards: stored state and caches. */
  readonly keptBytes: number;
}

/** More than 1 where it is over a bound. @param slow how much slower this machine is than a quick one */
export const excessOf = ({ coldMs = 0, warmMs, transientBytes, memory, bytes }: Measurement, slow: number): number =>
  Math.max(Math.max(coldMs, warmMs) / (MOST_MS * slow), transientBytes / (FREE_BYTES[memory] + bytes * MOST_GROWTH));

const cell = (text: string | number, width = 6): string => String(text).padStart(width);

export const HEAD = `      ${['cold', 'warm', 'after', 'more', 'kept', 'body', 'times'].map((word) => cell(word)).join(' ')}  request
      ${['ms', 'ms', 'ms', 'MiB', 'MiB', 'MiB', 'body'].map((word) => cell(word)).join(' ')}\n`;

export function rowOf(measurement: Measurement, slow: number): string {
  const { coldMs, warmMs, afterMs, transientBytes, keptBytes, bytes, request } = measurement;
  const mebibytes = (count: number): string => (count / MEBIBYTE).toFixed(1);
  const figures = [
    coldMs?.toFixed(0) ?? '',
    warmMs.toFixed(0),
    afterMs?.toFixed(0) ?? '',
    mebibytes(transientBytes),
    mebibytes(keptBytes),
    mebibytes(bytes),
    bytes < 1_024 ? '' : (transientBytes / bytes).toFixed(1),
  ];
  return `${excessOf(measurement, slow) > 1 ? 'OVER' : 'ok  '}  ${figures.map((figure) => cell(figure)).join(' ')}  ${request}\n`;
}

export const boundsText = (slow: number): string =>
  `${MOST_MS} ms of processor time (times ${slow.toFixed(1)} on this machine) or ${MOST_GROWTH} times the body and ${FREE_BYTES.alive / MEBIBYTE} MiB alive (${FREE_BYTES.all / MEBIBYTE} with garbage)`;
