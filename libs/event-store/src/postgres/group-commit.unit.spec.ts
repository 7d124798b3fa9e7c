import { encodeAppend } from '../encoding.js';
import type { EncodedAppend } from '../encoding.js';
import { EventStoreUnavailable } from '../port.js';
import type { AppendResult } from '../port.js';
import { event } from '../contract/bench.js';
import { GroupCommit } from './group-commit.js';
import type { CommitGroup } from './group-commit.js';

const append = (stream: string): EncodedAppend => encodeAppend(stream, -1, [event()]);

const appendedAll = (appends: readonly EncodedAppend[]): ReadonlyMap<EncodedAppend, AppendResult> =>
  new Map(appends.map((each, index) => [each, { kind: 'appended', revision: 0, position: BigInt(index) }]));

/** A database that takes a turn of the event loop over each commit and writes down what came together. */
function recording(fault?: (streams: readonly string[]) => Error | undefined) {
  const groups: (readonly string[])[] = [];
  const commit: CommitGroup = async (appends) => {
    const streams = appends.map(({ stream }) => stream);
    groups.push(streams);
    await new Promise((resolve) => setImmediate(resolve));
    const error = fault?.(streams);
    if (error) throw error;
    return appendedAll(appends);
  };
  return { groups, group: new GroupCommit(commit, (error) => error instanceof RangeError) };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A database that finishes nothing until it is told to. */
function held() {
  const groups: (readonly string[])[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const commit: CommitGroup = async (appends) => {
    groups.push(appends.map(({ stream }) => stream));
    await released;
    return appendedAll(appends);
  };
  return { groups, group: new GroupCommit(commit, () => false), release: () => release() };
}

describe('group commit', () => {
  it('commits together what waits, with two groups under way and the next gathering', async () => {
    const { group, groups, release } = held();
    const answers = ['a', 'b'].map((stream) => group.append(append(stream)));
    await turn();
    answers.push(...['c', 'd'].map((stream) => group.append(append(stream))));
    await turn();
    answers.push(...['e', 'f'].map((stream) => group.append(append(stream))));
    await turn();
    expect(groups).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    release();
    await Promise.all(answers);
    expect(groups.at(2)).toEqual(['e', 'f']);
  });

  it('never has two appends of a stream under way', async () => {
    const { group, groups, release } = held();
    const answers = [group.append(append('hot'))];
    await turn();
    answers.push(group.append(append('hot')), group.append(append('cold')));
    await turn();
    expect(groups).toEqual([['hot'], ['cold']]);
    release();
    await Promise.all(answers);
    expect(groups.at(2)).toEqual(['hot']);
  });

  it('sends half ahead where many wait, so that one half is stored while the other is answered', async () => {
    const { group, groups } = recording();
    await Promise.all(Array.from({ length: 64 }, (_none, n) => group.append(append(`s-${n}`))));
    expect(groups.map((streams) => streams.length)).toEqual([32, 32]);
  });

  it('takes at most one append of a stream, in the order in which they came', async () => {
    const { group, groups } = recording();
    await Promise.all(['a', 'a', 'b', 'a', 'b'].map((stream) => group.append(append(stream))));
    expect(groups).toEqual([['a', 'b'], ['a', 'b'], ['a']]);
  });

  it('bounds a group', async () => {
    const { group, groups } = recording();
    await Promise.all(Array.from({ length: 1_200 }, (_none, n) => group.append(append(`s-${n}`))));
    const sizes = groups.map((streams) => streams.length);
    expect(Math.max(...sizes)).toBe(500);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(1_200);
  });

  it('fails all together when the connection is lost', async () => {
    const { group } = recording((streams) => (streams.includes('b') ? new Error('lost') : undefined));
    const results = await Promise.allSettled(['a', 'b', 'c'].map((stream) => group.append(append(stream))));
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(group.append(append('d'))).resolves.toMatchObject({ kind: 'appended' });
  });

  it('fails only the one that the database refuses', async () => {
    const { group } = recording((streams) => (streams.includes('b') ? new RangeError('refused') : undefined));
    const results = await Promise.allSettled(['a', 'b', 'c'].map((stream) => group.append(append(stream))));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('settles what waits when it is closed, and takes nothing more', async () => {
    const { group } = recording();
    const waiting = group.append(append('a'));
    await group.close();
    await expect(waiting).resolves.toMatchObject({ kind: 'appended' });
    await expect(group.append(append('b'))).rejects.toThrow(EventStoreUnavailable);
  });
});
