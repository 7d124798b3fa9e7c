import { useState, type ReactNode } from 'react';
import { Button, Dialog, Select } from '../ui/controls.js';
import layout from '../ui/layout.module.css';
import { useWords, type WordId } from '../words/words.js';
import { chooseSingleKeys, usesSingleKeys } from './preferences.js';
import { MENU } from './screens.js';

const KEYS: readonly (readonly [keys: string, word: WordId])[] = [
  ['Ctrl K', 'palette.title'],
  ['/', 'shortcuts.find'],
  ['?', 'shortcuts.sheet'],
  ['e', 'shortcuts.explain'],
  ['t', 'shortcuts.time'],
  ['[', 'shortcuts.previous'],
  [']', 'shortcuts.next'],
  ['p', 'matrix.pinKey'],
  ...MENU.map(({ key, word }) => [`g ${key}`, word] as const),
];

/** Every key and what it does; keys without Ctrl can be switched off, as who speaks to a computer presses them by accident. */
export function ShortcutSheet({ onClose }: { onClose(): void }): ReactNode {
  const { say } = useWords();
  const [uses, setUses] = useState(usesSingleKeys);
  return (
    <Dialog title={say('shortcuts.title')} onClose={onClose}>
      <Select
        label={say('shortcuts.single')}
        value={uses ? 'on' : 'off'}
        options={[
          { value: 'on', text: say('shortcuts.on') },
          { value: 'off', text: say('shortcuts.off') },
        ]}
        onChange={(value) => {
          chooseSingleKeys(value === 'on');
          setUses(value === 'on');
        }}
      />
      <dl className={layout['facts']}>
        {KEYS.map(([keys, word]) => (
          <div key={keys}>
            <dt>
              <kbd translate="no">{keys}</kbd>
            </dt>
            <dd>{say(word)}</dd>
          </div>
        ))}
      </dl>
      <div className={layout['tools']}>
        <Button onPress={onClose}>{say('shortcuts.close')}</Button>
      </div>
    </Dialog>
  );
}
