import type { ItemOf } from '@holdfast/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Dialog } from '../ui/controls.js';
import { useWords, type WordId } from '../words/words.js';
import { holdfast } from './holdfast.js';
import styles from './palette.module.css';
import { MENU } from './screens.js';

type Found = ItemOf<'search.find', 'results'>;

interface Option {
  readonly key: string;
  readonly text: string;
  readonly name: string;
  readonly kind: WordId;
  /** Address below `/app`. */
  readonly href: string;
}

const encoded = encodeURIComponent;

/** Where each kind of thing is shown. */
function hrefOf({ kind, id }: Found): string {
  switch (kind) {
    case 'product':
      return `/sku/${encoded(id)}`;
    case 'reservation':
      return `/reservations/${encoded(id)}`;
    case 'order':
      return `/reservations?order=${encoded(id)}`;
    case 'location':
      return `/matrix?at=${encoded(id)}`;
    case 'channel':
      return `/matrix?sort=${encoded(id)}`;
    default:
      return kind satisfies never;
  }
}

function useOptions(text: string): readonly Option[] {
  const { say } = useWords();
  const wanted = text.trim();
  const found = useQuery({
    queryKey: ['search', wanted],
    queryFn: async () => await holdfast.search.find({ q: wanted }),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  });
  const screens = MENU.map(({ to, word }): Option => ({ key: to, text: say(word), name: '', kind: 'palette.screen', href: to }));
  const matching = screens.filter((screen) => screen.text.toLowerCase().includes(wanted.toLowerCase()));
  const results = wanted === '' ? [] : (found.data?.results ?? []);
  return [
    ...results.map((result): Option => ({
      ...{ key: `${result.kind}|${result.id}`, text: result.id, name: result.name ?? '' },
      ...{ kind: `palette.${result.kind}`, href: hrefOf(result) },
    })),
    ...matching,
  ];
}

/** Finds anything by its id, and any screen by its name. */
export function Palette({ onClose }: { onClose(): void }): ReactNode {
  const { say } = useWords();
  const { history } = useRouter();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const options = useOptions(text);
  const chosen = Math.min(at, options.length - 1);
  const open = (option: Option | undefined): void => {
    if (option === undefined) return;
    onClose();
    history.push(`/app${option.href}`);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, options.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') open(options[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={say('palette.title')} onClose={onClose}>
      <input
        className={styles['input']}
        role="combobox"
        aria-label={say('palette.title')}
        aria-expanded={options.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
        autoFocus
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <ul id={id} className={styles['list']} role="listbox" aria-label={say('palette.results')}>
        {options.map((option, index) => (
          <li
            key={option.key}
            id={`${id}-${index}`}
            className={styles['option']}
            role="option"
            aria-selected={index === chosen}
            onClick={() => open(option)}
          >
            <span translate="no">{option.text}</span>
            <span className={styles['name']}>{option.name}</span>
            <span className={styles['kind']}>{say(option.kind)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
