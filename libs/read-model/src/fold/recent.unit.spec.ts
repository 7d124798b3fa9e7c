import { Recent } from './recent.js';

const keys = (recent: Recent<object>): readonly string[] => ['a', 'b', 'c', 'd'].filter((key) => recent.has(key));

describe('a bounded map of recent entries', () => {
  it('forgets what was not used for longest, two turns later at the earliest', () => {
    const recent = new Recent<object>(1);
    recent.keep('a', {});
    recent.keep('b', {});
    recent.nextTurn();
    expect(keys(recent)).toEqual(['a', 'b']);
    recent.use('a');
    recent.nextTurn();
    expect(keys(recent)).toEqual(['a']);
  });

  it('keeps everything of the last turns, however much it is', () => {
    const recent = new Recent<object>(1);
    for (const key of ['a', 'b', 'c']) recent.keep(key, {});
    recent.nextTurn();
    for (const key of ['a', 'b', 'c']) recent.use(key);
    recent.nextTurn();
    expect(recent.size).toBe(3);
    recent.nextTurn();
    expect(recent.size).toBe(1);
  });

  it('forgets by name', () => {
    const recent = new Recent<object>(9);
    for (const key of ['a', 'b', 'c']) recent.keep(key, {});
    recent.forget((key) => key !== 'b');
    expect(keys(recent)).toEqual(['b']);
  });
});
