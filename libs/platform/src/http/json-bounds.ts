/** Objects and lists within each other. */
const MAX_DEPTH = 32;
/** Fields of one object; no request class knows a tenth of it. */
const MAX_FIELDS = 500;
/** Values of a body: 10,000 lines of 20 fields and some. */
const MAX_VALUES = 250_000;

/** Different names of fields in a body. Each that is new costs the parser a new shape of objects: 120,000 of them held it for half a second. */
const MAX_NAMES = 1_000;

/** Bytes of one text, escapes included; the longest that a route takes has 2,000 characters. */
const MAX_TEXT_BYTES = 65_536;

/** Bytes that are looked at in one step: some tenths of a millisecond. */
const STEP_BYTES = 131_072;

/** What of a JSON text is over its limit. */
export interface BoundsFault {
  readonly message: string;
  readonly limit: number;
}

const TOO_DEEP: BoundsFault = { message: `A body has at most ${MAX_DEPTH} objects and lists within each other`, limit: MAX_DEPTH };
const TOO_MANY_FIELDS: BoundsFault = { message: `An object has at most ${MAX_FIELDS} fields`, limit: MAX_FIELDS };
const TOO_MANY_VALUES: BoundsFault = { message: `A body has at most ${MAX_VALUES} values`, limit: MAX_VALUES };

const TOO_LONG: BoundsFault = { message: `A text has at most ${MAX_TEXT_BYTES} bytes`, limit: MAX_TEXT_BYTES };
const TOO_MANY_NAMES: BoundsFault = { message: `A body has at most ${MAX_NAMES} different names of fields`, limit: MAX_NAMES };

/** Where commas part entries, not fields, counting begins below what can be reached. */
const LIST = -2 * MAX_VALUES;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Counts within one JSON text. */
class Counts {
  private values = 0;
  private depth = 0;
  /** By depth: commas seen in the object or list that is open there. */
  private readonly commas = new Int32Array(MAX_DEPTH + 1);
  /** Hashes of the names; two that share one count once. */
  private readonly names = new Set<number>();

  open(code: number): BoundsFault | undefined {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) return TOO_DEEP;
    this.commas[this.depth] = code === OPEN_OBJECT ? 0 : LIST;
    return this.value();
  }

  close(): void {
    this.depth = Math.max(0, this.depth - 1);
  }

  comma(): BoundsFault | undefined {
    const commas = (this.commas[this.depth] ?? 0) + 1;
    this.commas[this.depth] = commas;
    return commas >= MAX_FIELDS ? TOO_MANY_FIELDS : this.value();
  }

  name(hash: number): BoundsFault | undefined {
    this.names.add(hash);
    return this.names.size > MAX_NAMES ? TOO_MANY_NAMES : undefined;
  }

  private value(): BoundsFault | undefined {
    this.values += 1;
    return this.values > MAX_VALUES ? TOO_MANY_VALUES : undefined;
  }
}

/**
 * Called before parsing, in steps for `inSlices`. Returns the first limit that a JSON text breaks, found in one pass over its bytes: parsing
 * and validating cost per value, and a deep value overflows the stack of recursive code. The parser decides whether the text is JSON at all.
 * @param body UTF-8, in which the signs of JSON are no part of another character
 */
export function* findBoundsFault(body: Buffer): Generator<undefined, BoundsFault | undefined> {
  if (isSmall(body)) return undefined;
  const counts = new Counts();
  let end = 0;
  let start = 0;
  let nextStep = STEP_BYTES;
  for (let index = 0; index < body.length; index += 1) {
    let fault: BoundsFault | undefined;
    const code = body[index] ?? 0;
    if (code === QUOTE) {
      start = index;
      end = endOfString(body, index);
      index = end;
      if (end - start > MAX_TEXT_BYTES) return TOO_LONG;
    } else if (code === COLON) fault = counts.name(hashOf(body, start, end));
    else if (code === COMMA) fault = counts.comma();
    else if (code === OPEN_OBJECT || code === OPEN_LIST) fault = counts.open(code);
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) counts.close();
    if (fault !== undefined) return fault;
    if (index < nextStep) continue;
    nextStep = index + STEP_BYTES;
    yield;
  }
  return undefined;
}

/**
 * Whether a body is too short for any limit but the depth, and opens too little for that one. Most requests end here: the counts of each
 * took longer than parsing it.
 */
function isSmall(body: Buffer): boolean {
  if (body.length > MAX_FIELDS) return false;
  let openings = 0;
  for (const code of body) if (code === OPEN_OBJECT || code === OPEN_LIST) openings += 1;
  return openings <= MAX_DEPTH;
}

/** The same at once, for a body that is known to be small. */
export function boundsFault(body: Buffer): BoundsFault | undefined {
  const steps = findBoundsFault(body);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Index of the quote that ends a string; of the first byte beyond where the string is too long, or of the end of the body. */
function endOfString(body: Buffer, start: number): number {
  const most = Math.min(body.length, start + MAX_TEXT_BYTES + 1);
  for (let index = start + 1; index < most; index += 1) {
    const code = body[index];
    if (code === BACKSLASH) index += 1;
    else if (code === QUOTE) return index;
  }
  return most;
}

/** FNV-1a over the first bytes of a name: longer ones are no field of ours. */
function hashOf(body: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let index = start + 1; index < Math.min(end, start + 65); index += 1) hash = Math.imul(hash ^ (body[index] ?? 0), 0x01000193);
  return hash ^ (end - start);
}
