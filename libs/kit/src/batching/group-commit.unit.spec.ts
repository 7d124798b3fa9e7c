import { GroupCommit } from './group-commit.js';

class Unavailable extends Error {}

function recorder(fail: (items: readonly string[]) => Error | undefined = () => undefined) {
  const groups: (readonly string[])[] = [];
  const commits = new GroupCommit<string>({
    commit: async (items) => {
      groups.push(items);
      await Promise.resolve();
      const error = fail(items);
      if (error) throw error;
    },
    sizeOf: (item) => item.length,
    maxGroupSize: 6,
    maxWaitingSize: 12,
    tooMany: () => new Unavailable('too many wait'),
    failsAll: (error) => error instanceof Unavailable,
  });
  return { groups, commits };
}

describe('group commit', () => {
  it('joins those that come in one turn of the event loop, in order, up to the limit', async () => {
    const { groups, commits } = recorder();
    await Promise.all(['a', 'bb', 'cc', 'dd', 'ee'].map((item) => commits.add(item)));
    expect(groups).toEqual([
      ['a', 'bb', 'cc'],
      ['dd', 'ee'],
    ]);
  });

  it('joins those that come during a commit in the next', async () => {
    const { groups, commits } = recorder();
    const first = commits.add('a');
    while (groups.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, ...['bb', 'cc', 'dd', 'ee'].map((item) => commits.add(item))]);
    expect(groups).toEqual([['a'], ['bb', 'cc', 'dd'], ['ee']]);
  });

  it('sends an item over the limit alone', async () => {
    const { groups, commits } = recorder();
    await Promise.all([commits.add('a'), commits.add('0123456789'), commits.add('b')]);
    expect(groups).toEqual([['a'], ['0123456789'], ['b']]);
  });

  it('fails only the unusable item of a group', async () => {
    const { commits } = recorder((items) => (items.includes('bad') ? new Error('unusable') : undefined));
    const outcomes = await Promise.allSettled(['a', 'bb', 'bad', 'c'].map((item) => commits.add(item)));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('fails a whole group at once when the engine is away', async () => {
    const { groups, commits } = recorder(() => new Unavailable('away'));
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((item) => commits.add(item)));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(groups).toEqual([['a', 'b', 'c']]);
  });

  it('refuses more than may wait and recovers', async () => {
    const { commits } = recorder();
    const first = [commits.add('a'), commits.add('0123456789')];
    await expect(commits.add('0123456789')).rejects.toBeInstanceOf(Unavailable);
    await Promise.all(first);
    await expect(commits.add('0123456789')).resolves.toBeUndefined();
  });
});
