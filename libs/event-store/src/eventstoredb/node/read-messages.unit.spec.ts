import { make, messageClass, shared, streams, type Message } from '../../../test/client-messages.js';
import type { ReadStreamOptions } from '../../port.js';
import { FRAME_BYTES, FrameSplitter } from './frames.js';
import { readEvent } from './read-answer.js';
import { encodeStreamRead } from './read-request.js';

const ID = 'AAAAAAAA-bbbb-4ccc-8ddd-eeeeeeeeeeee';

describe('the request to read a stream', () => {
  const sent = (options: ReadStreamOptions) => {
    const framed = encodeStreamRead('stock-täglich.1', options);
    expect(framed.readUInt32BE(1)).toBe(framed.length - FRAME_BYTES);
    const read = messageClass(streams, 'ReadReq').deserializeBinary(new Uint8Array(framed.subarray(FRAME_BYTES)));
    return (read.toObject() as { readonly options: Readonly<Record<string, unknown>> }).options;
  };
  const name = Buffer.from('stock-täglich.1').toString('base64');

  it('is what the client’s own classes read', () =>
    expect(sent({ from: 300, limit: 1_000 })).toMatchObject({
      stream: { streamIdentifier: { streamName: name }, revision: '300' },
      ...{ readDirection: 0, count: '1000', noFilter: {}, uuidOption: { string: {} } },
    }));

  it('begins at an end of the stream where no revision is named', () => {
    expect(sent({})).toMatchObject({ stream: { start: {}, end: undefined }, count: String(Number.MAX_SAFE_INTEGER) });
    expect(sent({ direction: 'backwards', limit: 1 })).toMatchObject({
      stream: { end: {}, start: undefined },
      readDirection: 1,
      count: '1',
    });
  });
});

describe('an answer to a read', () => {
  const data = { text: 'größe 漢字 🙂' };
  const metadata = { tenant: 't', at: 1, commandId: 'c' };
  const bytes = (value: unknown): Uint8Array => new Uint8Array(Buffer.from(JSON.stringify(value)));
  const event = (id: Message, revision: string, commit: string): Buffer => {
    const record = make(streams, 'ReadResp.ReadEvent.RecordedEvent', {
      Id: id,
      StreamIdentifier: make(shared, 'StreamIdentifier', { StreamName: new Uint8Array(Buffer.from('stock-ü')) }),
      ...{ StreamRevision: revision, PreparePosition: commit, CommitPosition: commit, CustomMetadata: bytes(metadata), Data: bytes(data) },
    });
    const map = (record as unknown as { getMetadataMap(): Map<string, string> }).getMetadataMap();
    map.set('type', 'Plätze.v1').set('content-type', 'application/json').set('created', '17600000001239999');
    const resolved = make(streams, 'ReadResp.ReadEvent', { Event: record, CommitPosition: commit });
    return Buffer.from(make(streams, 'ReadResp', { Event: resolved }).serializeBinary());
  };

  it('is an event as it was appended', () =>
    expect(readEvent(event(make(shared, 'UUID', { String: ID }), '300', '9007199254740993'))).toEqual({
      ...{ id: ID.toLowerCase(), type: 'Plätze.v1', data, metadata, stream: 'stock-ü' },
      ...{ revision: 300, position: 9_007_199_254_740_993n, recordedAt: 1_760_000_000_123 },
    }));

  it('may hold the event’s id as two numbers', () => {
    const hex = ID.replaceAll('-', '');
    const [most, least] = [hex.slice(0, 16), hex.slice(16)].map((half) => String(BigInt.asIntN(64, BigInt(`0x${half}`))));
    const structured = make(shared, 'UUID.Structured', { MostSignificantBits: most, LeastSignificantBits: least });
    expect(readEvent(event(make(shared, 'UUID', { Structured: structured }), '0', '0'))).toMatchObject({
      id: ID.toLowerCase(),
      position: 0n,
    });
  });

  it('is no event where there is no such stream', () => {
    const missing = make(streams, 'ReadResp', { StreamNotFound: make(streams, 'ReadResp.StreamNotFound', {}) });
    expect(readEvent(Buffer.from(missing.serializeBinary()))).toBeUndefined();
  });
});

describe('messages that are received in pieces', () => {
  it.each([1, 3, 5, 7, 1_000])('are whole when %d bytes come at a time', (size) => {
    const texts = ['a', 'bb'.repeat(40), '', 'c'];
    const bytes = Buffer.concat(
      texts.map((text) => {
        const frame = Buffer.alloc(FRAME_BYTES + text.length);
        frame.writeUInt32BE(text.length, 1);
        frame.write(text, FRAME_BYTES);
        return frame;
      }),
    );
    const seen: string[] = [];
    const splitter = new FrameSplitter((message) => seen.push(message.toString()));
    for (let from = 0; from < bytes.length; from += size) splitter.push(bytes.subarray(from, from + size));
    expect(seen).toEqual(texts);
  });
});
