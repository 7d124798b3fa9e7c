import { any, make, messageClass, shared, status, streams } from '../../../test/client-messages.js';
import { encodeAppend } from '../../encoding.js';
import { NO_STREAM } from '../../port.js';
import { readAppendAnswer } from './append-answer.js';
import { correlationId, encodeAppendRequest } from './append-request.js';
import { FRAME_BYTES } from './frames.js';

const ID = '11111111-2222-4333-8444-555555555555';
const text = (bytes: unknown): string => Buffer.from(String(bytes), 'base64').toString('utf8');

describe('the message of an append', () => {
  const sent = (expected: number, type: string, data: unknown) => {
    const append = encodeAppend('stock-täglich.1', expected, [
      { id: ID, type, data, metadata: { tenant: 't', at: 1, commandId: 'ü' } },
      { id: ID.replace('1', '9'), type, data: 'x'.repeat(300), metadata: { tenant: 't', at: 2, commandId: 'c' } },
    ]);
    const framed = encodeAppendRequest(4_711, append, 1_760_000_000_123);
    expect(framed.readUInt32BE(1)).toBe(framed.length - FRAME_BYTES);
    return messageClass(streams, 'BatchAppendReq')
      .deserializeBinary(new Uint8Array(framed.subarray(FRAME_BYTES)))
      .toObject() as {
      readonly correlationId: { readonly string: string };
      readonly isFinal: boolean;
      readonly options: Readonly<Record<string, unknown>> & { readonly streamIdentifier: { readonly streamName: string } };
      readonly proposedMessagesList: readonly {
        readonly id: { readonly string: string };
        readonly metadataMap: readonly (readonly [string, string])[];
        readonly customMetadata: string;
        readonly data: string;
      }[];
    };
  };

  it('is what the client’s own classes read', () => {
    const data = { text: 'größe 漢字 🙂', list: [1, null] };
    const { correlationId: correlation, isFinal, options, proposedMessagesList } = sent(NO_STREAM, 'Plätze.v1', data);
    expect([correlation.string, isFinal]).toEqual([correlationId(4_711), true]);
    expect(options).toMatchObject({ noStream: {}, deadline: { seconds: 1_760_000_000, nanos: 123_000_000 } });
    expect(text(options.streamIdentifier.streamName)).toBe('stock-täglich.1');
    expect(proposedMessagesList.map((each) => each.id.string)).toEqual([ID, ID.replace('1', '9')]);
    const [first, second] = proposedMessagesList;
    expect(Object.fromEntries(first?.metadataMap ?? [])).toEqual({ type: 'Plätze.v1', 'content-type': 'application/json' });
    expect(JSON.parse(text(first?.data))).toEqual(data);
    expect(JSON.parse(text(first?.customMetadata))).toEqual({ tenant: 't', at: 1, commandId: 'ü' });
    expect(JSON.parse(text(second?.data))).toBe('x'.repeat(300));
  });

  it.each([0, 127, 128, 300, 2 ** 31 + 5, Number.MAX_SAFE_INTEGER])('names the revision %d that is expected', (revision) =>
    expect(sent(revision, 'T.v1', {}).options).toMatchObject({ streamPosition: String(revision), noStream: undefined }),
  );
});

describe('the answer to an append', () => {
  const correlation = make(shared, 'UUID', { String: correlationId(300) });
  const read = (values: Readonly<Record<string, unknown>>) =>
    readAppendAnswer(Buffer.from(make(streams, 'BatchAppendResp', { CorrelationId: correlation, ...values }).serializeBinary()));
  const at = (commit: string) =>
    make(streams, 'BatchAppendResp.Success', {
      CurrentRevision: '5',
      Position: make(streams, 'AppendResp.Position', { CommitPosition: commit, PreparePosition: commit }),
    });
  const failed = (type: string, message = '') => {
    const details = make(any, 'Any', { TypeUrl: `type.googleapis.com/event_store.client.${type}` });
    return make(status, 'Status', { Code: 6, Message: message, Details: details });
  };

  it.each(['0', '127', '128', '9007199254740993', '18446744073709551615'])('gives the position %s', (commit) =>
    expect(read({ Success: at(commit) })).toEqual({ number: 300, answer: { kind: 'appended', position: BigInt(commit) } }),
  );

  it('may name no position', () =>
    expect(read({ Success: make(streams, 'BatchAppendResp.Success', { CurrentRevision: '5' }) }).answer).toEqual({
      kind: 'appended',
      position: undefined,
    }));

  it('is recognised by two numbers as by a text', () => {
    const hex = correlationId(0xabc_def_012).replaceAll('-', '');
    const structured = make(shared, 'UUID.Structured', {
      MostSignificantBits: String(BigInt.asIntN(64, BigInt(`0x${hex.slice(0, 16)}`))),
      LeastSignificantBits: String(BigInt.asIntN(64, BigInt(`0x${hex.slice(16)}`))),
    });
    expect(read({ CorrelationId: make(shared, 'UUID', { Structured: structured }), Success: at('1') }).number).toBe(0xabc_def_012);
  });

  it('says why nothing was appended', () => {
    expect(read({ Error: failed('WrongExpectedVersion') }).answer).toEqual({ kind: 'conflict' });
    expect(read({ Error: failed('MaximumAppendSizeExceeded') }).answer).toEqual({ kind: 'too_large' });
    expect(read({ Error: failed('Timeout', 'too late') }).answer).toEqual({ kind: 'failed', reason: 'Timeout: too late' });
  });

  it('that is cut off is a fault', () => {
    const whole = Buffer.from(make(streams, 'BatchAppendResp', { CorrelationId: correlation, Success: at('1') }).serializeBinary());
    expect(() => readAppendAnswer(whole.subarray(0, -2))).toThrow('protobuf');
  });
});
