import fc from 'fast-check';
import { EventParser } from './server-sent-events.js';

const TEXT =
  ': connected\n\nid: t1\nevent: hello\ndata: {}\n\nid: t2\nevent: inventory.atp.v1\ndata: {"a":"x: y"}\n\n: still here\n\ndata: one\ndata: two\n\n';
const EVENTS = [
  { id: 't1', event: 'hello', data: '{}' },
  { id: 't2', event: 'inventory.atp.v1', data: '{"a":"x: y"}' },
  { id: '', event: 'message', data: 'one\ntwo' },
];

describe('events of a stream', () => {
  it('are the same however the network cut the text', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: TEXT.length })), (cuts) => {
        const parser = new EventParser();
        const ends = [...cuts.sort((one, other) => one - other), TEXT.length];
        const read = ends.flatMap((end, index) => parser.take(TEXT.slice(ends[index - 1] ?? 0, end)));
        expect(read).toEqual(EVENTS);
      }),
    );
  });

  it('are not told before they are whole', () => expect(new EventParser().take('id: t1\nevent: hello\ndata: {}\n')).toEqual([]));
});
