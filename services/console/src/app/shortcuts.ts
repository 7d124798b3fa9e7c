import { MENU, type MenuEntry } from './screens.js';

/** What a key does anywhere but in a field. */
export type Shortcut =
  | { readonly kind: 'screen'; readonly to: MenuEntry['to'] }
  | { readonly kind: 'find' | 'sheet' | 'explain' | 'time' | 'previous' | 'next' };

const SINGLE: ReadonlyMap<string, Shortcut> = new Map([
  ['/', { kind: 'find' }],
  ['?', { kind: 'sheet' }],
  ['e', { kind: 'explain' }],
  ['t', { kind: 'time' }],
  ['[', { kind: 'previous' }],
  [']', { kind: 'next' }],
]);

/** The second key of a pair must follow within this time. */
const PAIR_MS = 1_000;

/** Reads keys that are pressed without Ctrl, Alt or Meta: `g` and then the key of a screen, or one alone. */
export class Shortcuts {
  private beganAt = Number.NEGATIVE_INFINITY;

  /** @param atMs milliseconds of any clock that only goes forward */
  press(key: string, atMs: number): Shortcut | undefined {
    const isSecond = atMs - this.beganAt < PAIR_MS;
    this.beganAt = key === 'g' && !isSecond ? atMs : Number.NEGATIVE_INFINITY;
    if (!isSecond) return SINGLE.get(key);
    const screen = MENU.find((entry) => entry.key === key);
    return screen === undefined ? undefined : { kind: 'screen', to: screen.to };
  }
}
