import { MENU } from './screens.js';
import { Shortcuts } from './shortcuts.js';

describe('keys of the console', () => {
  const pressed = (...keys: readonly (readonly [key: string, atMs: number])[]) => {
    const shortcuts = new Shortcuts();
    return keys.map(([key, atMs]) => shortcuts.press(key, atMs));
  };

  it('are g and the key of a screen, within a second', () => {
    expect(pressed(['g', 0], ['m', 900])).toEqual([undefined, { kind: 'screen', to: '/matrix' }]);
    expect(pressed(['g', 0], ['m', 1_000]).at(-1)).toBeUndefined();
    for (const { to, key } of MENU) expect(pressed(['g', 0], [key, 1]).at(-1)).toEqual({ kind: 'screen', to });
  });

  it.each([
    ['/', 'find'],
    ['?', 'sheet'],
    ['e', 'explain'],
    ['t', 'time'],
    ['[', 'previous'],
    [']', 'next'],
  ])('are %s alone: %s', (key, kind) => expect(pressed([key, 0])).toEqual([{ kind }]));

  it('are not another thing after g, nor a screen after a pair', () => {
    expect(pressed(['g', 0], ['t', 1]).at(-1)).toEqual({ kind: 'screen', to: '/transfers' });
    expect(pressed(['g', 0], ['m', 1], ['m', 2]).at(-1)).toBeUndefined();
    expect(pressed(['g', 0], ['?', 1], ['?', 2])).toEqual([undefined, undefined, { kind: 'sheet' }]);
  });
});
