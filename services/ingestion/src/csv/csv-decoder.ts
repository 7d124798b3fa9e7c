import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { csvFault } from './csv-fault.js';

/** By the mark that the file begins with, by the sender, or by the bytes of its beginning. */
export type EncodingFrom = 'mark' | 'declared' | 'found';

export interface FoundEncoding {
  readonly name: string;
  readonly from: EncodingFrom;
}

/** So much of the beginning is looked at. */
const BEGINNING_BYTES = 65_536;
const REPLACEMENT = '\ufffd';

const MARKS: readonly { readonly bytes: Buffer; readonly name: string }[] = [
  { bytes: Buffer.from([0xef, 0xbb, 0xbf]), name: 'utf-8' },
  { bytes: Buffer.from([0xff, 0xfe]), name: 'utf-16le' },
  { bytes: Buffer.from([0xfe, 0xff]), name: 'utf-16be' },
];

/** Signs of the bytes 80 to 9F; Node up to version 22 reads them as ISO 8859-1, where they are control characters. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const HOW = 'save the file as "CSV UTF-8", or name its encoding: Content-Type: text/csv; charset=windows-1252';

export interface DecodingOptions {
  readonly contentType: string | undefined;
  /** Whether a file that is no UTF-8 and says nothing is read as UTF-16 or Windows-1252, which only `encoding` tells; else it is refused. */
  readonly guesses?: boolean;
}

/** The text of a CSV file, piece by piece. @throws Problem 400 `unreadable_encoding` where a character cannot be read */
export class CsvDecoder {
  private waiting: Buffer = Buffer.alloc(0);
  private decoder: TextDecoder | undefined;
  private found: FoundEncoding | undefined;
  private line = 1;

  constructor(private readonly options: DecodingOptions) {}

  /** Known once there was any text. */
  get encoding(): FoundEncoding | undefined {
    return this.found;
  }

  /** The text of what came so far and was not told yet; none until the beginning was looked at. */
  push(bytes: Buffer): string {
    if (this.decoder !== undefined) return this.decode(this.decoder, bytes, true);
    this.waiting = Buffer.concat([this.waiting, bytes]);
    return this.waiting.length < BEGINNING_BYTES ? '' : this.begin(true);
  }

  end(): string {
    return this.decoder === undefined ? this.begin(false) : this.decode(this.decoder, Buffer.alloc(0), false);
  }

  private begin(more: boolean): string {
    const beginning = this.waiting;
    const mark = MARKS.find((one) => beginning.subarray(0, one.bytes.length).equals(one.bytes));
    const declared = charsetOf(this.options.contentType);
    const found = this.found ?? encodingOf(mark?.name, declared, () => this.guess(beginning, more));
    this.found = found;
    this.decoder = decoderOf(found.name);
    this.waiting = Buffer.alloc(0);
    return this.decode(this.decoder, beginning.subarray(mark?.bytes.length ?? 0), more);
  }

  private guess(beginning: Buffer, more: boolean): string {
    const [first, second] = beginning;
    const guesses = this.options.guesses === true;
    // UTF-16 without a mark is valid UTF-8 full of NUL.
    if (first === 0 || second === 0) {
      if (!guesses) throw csvFault('unreadable_encoding', `the file is not UTF-8; ${HOW}`);
      return first === 0 ? 'utf-16be' : 'utf-16le';
    }
    return isUtf8(more ? withoutLastCharacter(beginning) : beginning) || !guesses ? 'utf-8' : 'windows-1252';
  }

  private decode(decoder: TextDecoder, bytes: Buffer, stream: boolean): string {
    const text = this.decoded(decoder, bytes, stream);
    if (text.includes(REPLACEMENT))
      throw csvFault(
        'unreadable_encoding',
        'the file holds U+FFFD, so it was read in another encoding than its own before; export it again',
      );
    this.line += lineBreaks(text);
    return decoder.encoding === 'windows-1252'
      ? text.replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign)
      : text;
  }

  private decoded(decoder: TextDecoder, bytes: Buffer, stream: boolean): string {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      const line =
        decoder.encoding === 'utf-8' ? `line ${this.line + brokenLine(bytes)} is not UTF-8` : `the file is not ${decoder.encoding}`;
      throw csvFault('unreadable_encoding', `${line}; ${HOW}`);
    }
  }
}

function encodingOf(mark: string | undefined, declared: string | undefined, guess: () => string): FoundEncoding {
  if (mark !== undefined) return { name: mark, from: 'mark' };
  return declared === undefined ? { name: guess(), from: 'found' } : { name: declared, from: 'declared' };
}

const charsetOf = (contentType = ''): string | undefined => /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase();

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw csvFault('unreadable_encoding', `the charset ${encoding.slice(0, 100)} is unknown; ${HOW}`);
  }
}

const lineBreaks = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** The last character may go on in the next piece. */
function withoutLastCharacter(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > bytes.length - 4 && isContinuation(bytes[end - 1])) end -= 1;
  return bytes.subarray(0, end - 1);
}

/** The first line of a piece, from 0, whose bytes are no UTF-8. The piece may begin within a character. */
function brokenLine(piece: Buffer): number {
  let start = 0;
  while (start < 3 && isContinuation(piece[start])) start += 1;
  for (let line = 0; ; line += 1) {
    const end = piece.indexOf('\n', start);
    if (end === -1 || !isUtf8(piece.subarray(start, end))) return line;
    start = end + 1;
  }
}
