import { hiddenOf, toggled, viewsAt, viewsOf, withoutView, withView, type SavedView } from './saved-views.js';

const view = (name: string, path = '/holds', query = ''): SavedView => ({ name, path, query });

describe('saved views', () => {
  it('are kept by name for each screen; the same name replaces', () => {
    const kept = [view('b'), view('a'), view('a', '/lots')].reduce(withView, [] as readonly SavedView[]);
    const changed = withView(kept, view('a', '/holds', '?sku=X'));
    expect(viewsAt(changed, '/holds')).toEqual([view('a', '/holds', '?sku=X'), view('b')]);
    expect(viewsAt(withoutView(changed, view('a')), '/holds')).toEqual([view('b')]);
    expect(viewsAt(changed, '/lots')).toEqual([view('a', '/lots')]);
  });

  it('are at most fifty a screen: the oldest goes', () => {
    const names = Array.from({ length: 60 }, (_, n) => `view ${String(n).padStart(2, '0')}`);
    const kept = names.map((name) => view(name)).reduce(withView, [view('other', '/lots')] as readonly SavedView[]);
    expect(viewsAt(kept, '/holds').map(({ name }) => name)).toEqual(names.slice(10));
    expect(viewsAt(kept, '/lots')).toHaveLength(1);
  });

  it.each([null, '', 'broken', '{}', '[1,{"name":"a"}]'])('of %j are none', (kept) => expect(viewsOf(kept)).toEqual([]));
  it('are read as they were kept', () => expect(viewsOf(JSON.stringify([view('a')]))).toEqual([view('a')]));
});

describe('hidden columns', () => {
  it.each([
    [undefined, []],
    ['2,5', [2, 5]],
    ['x,-1,999,3', [3]],
  ])('of %j are %j', (text, columns) => expect([...hiddenOf(text)]).toEqual(columns));

  it('come and go', () => {
    expect(toggled(hiddenOf('5'), 2)).toBe('2,5');
    expect(toggled(hiddenOf('5'), 5)).toBeUndefined();
  });
});
