import type { OutgoingMessage } from '../../port.js';
import { RecentMessages } from './recent-messages.js';

const head = { id: 7, topic: 't', partition: 3 };
const numbered = (count: number, from = 0): OutgoingMessage[] =>
  Array.from({ length: count }, (_none, n) => ({ key: `k${n}`, value: `v${from + n}` }));
const valuesOf = (messages: readonly { readonly value: string | null }[] | undefined): (string | null)[] | undefined =>
  messages?.map(({ value }) => value);

describe('the newest messages of this process', () => {
  it('are given as the log would give them', () => {
    const recent = new RecentMessages(() => true);
    recent.add(head, 12, 5, [
      { key: 'a', value: 'x' },
      { key: 'b', value: null, headers: { code: 'c' } },
    ]);
    expect(recent.from(7, 10, 9)).toEqual([
      { topic: 't', partition: 3, offset: '10', timestamp: 5, key: 'a', value: 'x', headers: {} },
      { topic: 't', partition: 3, offset: '11', timestamp: 5, key: 'b', value: null, headers: { code: 'c' } },
    ]);
  });

  it('go on where the last ones ended, from anywhere, as many as wanted', () => {
    const recent = new RecentMessages(() => true);
    recent.add(head, 3, 1, numbered(3));
    recent.add(head, 5, 2, numbered(2, 3));
    expect(valuesOf(recent.from(7, 0, 9))).toEqual(['v0', 'v1', 'v2', 'v3', 'v4']);
    expect(valuesOf(recent.from(7, 2, 2))).toEqual(['v2', 'v3']);
  });

  it('are unknown before the first, behind the last, and of other partitions', () => {
    const recent = new RecentMessages(() => true);
    recent.add(head, 5, 1, numbered(2));
    expect([recent.from(7, 2, 9), recent.from(7, 5, 9), recent.from(8, 3, 9)]).toEqual([undefined, undefined, undefined]);
  });

  it('begin anew where another process published between', () => {
    const recent = new RecentMessages(() => true);
    recent.add(head, 3, 1, numbered(3));
    recent.add(head, 9, 1, numbered(2, 7));
    expect(recent.from(7, 2, 9)).toBeUndefined();
    expect(valuesOf(recent.from(7, 7, 9))).toEqual(['v7', 'v8']);
  });

  it('are not kept where nobody reads, and begin anew with the next reader', () => {
    let read = true;
    const recent = new RecentMessages(() => read);
    recent.add(head, 3, 1, numbered(3));
    read = false;
    recent.add(head, 4, 1, numbered(1, 3));
    expect(recent.from(7, 0, 9)).toBeUndefined();
    read = true;
    recent.add(head, 5, 1, numbered(1, 4));
    expect(valuesOf(recent.from(7, 4, 9))).toEqual(['v4']);
  });

  it('are few, and fewer where they are long', () => {
    const recent = new RecentMessages(() => true);
    for (let end = 1_000; end <= 10_000; end += 1_000) recent.add(head, end, 1, numbered(1_000, end - 1_000));
    expect(recent.from(7, 7_000, 1)).toBeUndefined();
    expect(valuesOf(recent.from(7, 9_000, 10_000))).toHaveLength(1_000);
    const long = 'x'.repeat(1_000_000);
    for (let end = 10_001; end <= 10_010; end += 1) recent.add(head, end, 1, [{ key: 'k', value: long }]);
    expect(recent.from(7, 10_004, 1)).toBeUndefined();
    expect(recent.from(7, 10_009, 9)).toHaveLength(1);
  });
});
