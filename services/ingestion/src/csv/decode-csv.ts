import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { csvFault } from './csv-fault.js';

const BYTES_AT_ONCE = 65_536;
const REPLACEMENT = '\ufffd';

/** Encodings by the bytes that a file begins with. */
const MARKS: readonly { readonly bytes: Buffer; readonly encoding: string }[] = [
  { bytes: Buffer.from([0xef, 0xbb, 0xbf]), encoding: 'utf-8' },
  { bytes: Buffer.from([0xff, 0xfe]), encoding: 'utf-16le' },
  { bytes: Buffer.from([0xfe, 0xff]), encoding: 'utf-16be' },
];

/** Signs of the bytes 80 to 9F; Node up to version 22 reads them as ISO 8859-1, where they are control characters. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const HOW = 'save the file as "CSV UTF-8", or name its encoding: Content-Type: text/csv; charset=windows-1252';

/**
 * The text of a CSV file: by the mark at its beginning, else by the charset of its content type, else UTF-8. In steps, for `inSlices`.
 * @throws Problem 400 `unreadable_encoding` where a character would be guessed
 */
export function* decodeCsv(bytes: Buffer, contentType: string | undefined): Generator<undefined, string> {
  const mark = MARKS.find((one) => bytes.subarray(0, one.bytes.length).equals(one.bytes));
  const decoder = decoderOf(mark?.encoding ?? charsetOf(contentType) ?? 'utf-8');
  const body = bytes.subarray(mark?.bytes.length ?? 0);
  if (decoder.encoding === 'utf-8') requireUtf8(body);
  let text = '';
  for (let at = 0; at < body.length; at += BYTES_AT_ONCE) {
    const piece = decoded(decoder, body.subarray(at, at + BYTES_AT_ONCE), at + BYTES_AT_ONCE < body.length);
    if (piece.includes(REPLACEMENT))
      throw csvFault(
        'unreadable_encoding',
        'the file holds U+FFFD, so it was read in another encoding than its own before; export it again',
      );
    text += piece;
    yield;
  }
  return text;
}

const charsetOf = (contentType = ''): string | undefined => /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase();

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw csvFault('unreadable_encoding', `the charset ${encoding.slice(0, 100)} is unknown; ${HOW}`);
  }
}

function decoded(decoder: TextDecoder, bytes: Buffer, stream: boolean): string {
  try {
    const text = decoder.decode(bytes, { stream });
    return decoder.encoding === 'windows-1252'
      ? text.replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign)
      : text;
  } catch {
    throw csvFault('unreadable_encoding', `the file is not ${decoder.encoding}; ${HOW}`);
  }
}

function requireUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw csvFault('unreadable_encoding', `line ${brokenLine(bytes)} is not UTF-8; ${HOW}`);
  // UTF-16 without a mark is valid UTF-8 full of NUL.
  if (bytes.subarray(0, 4).includes(0)) throw csvFault('unreadable_encoding', `the file is not UTF-8; ${HOW}`);
}

/** The first line, from 1, whose bytes are no UTF-8: what comes before a line break ends with a whole character. */
function brokenLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line += 1) {
    const end = bytes.indexOf('\n', start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
