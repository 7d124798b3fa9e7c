import type { Position } from '../../port.js';
import { FieldReader } from './protobuf.js';

/** What the server says of one append. */
export type AppendAnswer =
  /** The position is that of its last event; undefined where the server does not name it. */
  | { readonly kind: 'appended'; readonly position: Position | undefined }
  | { readonly kind: 'conflict' }
  /** Not stored, or not known whether stored. @see InvalidAppend for `too_large` */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'too_large' };

export interface Answered {
  /** As in `encodeAppendRequest`. */
  readonly number: number;
  readonly answer: AppendAnswer;
}

const NUMBER_DIGITS = 12;

/**
 * Reads `BatchAppendResp` of `streams.proto`:
 * { correlation_id = 1 { structured = 1 { most = 1, least = 2 } | string = 2 }, error = 2 google.rpc.Status, success = 3 { position = 3 {
 * commit = 1 } } }
 */
export function readAppendAnswer(bytes: Buffer): Answered {
  const reader = new FieldReader(bytes);
  let number = 0;
  let answer: AppendAnswer = { kind: 'failed', reason: 'an answer that says nothing' };
  while (reader.next()) {
    if (reader.field === 1) number = readNumber(reader.message());
    else if (reader.field === 2) answer = readError(reader.message());
    else if (reader.field === 3) answer = { kind: 'appended', position: readPosition(reader.message()) };
    else reader.skip();
  }
  return { number, answer };
}

function readNumber(uuid: FieldReader): number {
  while (uuid.next()) {
    if (uuid.field === 2) return Number.parseInt(uuid.text().slice(-NUMBER_DIGITS), 16);
    if (uuid.field !== 1) uuid.skip();
    else {
      const structured = uuid.message();
      while (structured.next()) {
        const bits = structured.varint();
        if (structured.field === 2) return Number(BigInt.asUintN(48, bits));
      }
    }
  }
  return 0;
}

function readPosition(success: FieldReader): Position | undefined {
  while (success.next()) {
    if (success.field !== 3) {
      success.skip();
      continue;
    }
    const position = success.message();
    while (position.next()) {
      const value = position.varint();
      if (position.field === 1) return value;
    }
    // protobuf leaves out a zero.
    return 0n;
  }
  return undefined;
}

/** { code = 1, message = 2, details = 3 google.protobuf.Any { type_url = 1, value = 2 } } */
function readError(status: FieldReader): AppendAnswer {
  let message = '';
  let type = '';
  while (status.next()) {
    if (status.field === 2) message = status.text();
    else if (status.field === 3) {
      const details = status.message();
      while (details.next()) {
        if (details.field === 1) type = details.text();
        else details.skip();
      }
    } else status.skip();
  }
  const name = type.slice(type.lastIndexOf('.') + 1);
  if (name === 'WrongExpectedVersion') return { kind: 'conflict' };
  if (name === 'MaximumAppendSizeExceeded') return { kind: 'too_large' };
  return { kind: 'failed', reason: [name, message].filter((text) => text !== '').join(': ') };
}
