import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Keyboard, Lock, LogOut, Menu, Search } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, Select } from '../ui/controls.js';
import { Empty, Hidden } from '../ui/states.js';
import { speak, useWords } from '../words/words.js';
import { Palette } from './palette.js';
import { chooseTheme, chosenTheme, LOCALES, THEMES, type Locale, type Theme } from './preferences.js';
import { MENU, type MenuEntry } from './screens.js';
import { allows, signOut } from './session.js';
import styles from './shell.module.css';
import { ShortcutSheet } from './shortcut-sheet.js';
import { useSession } from './signed-in.js';
import { useShortcuts } from './use-shortcuts.js';

const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'English', de: 'Deutsch', 'pt-BR': 'Português' };
function MenuItem({ entry }: { readonly entry: MenuEntry }): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const locked = entry.needs !== undefined && !allows(session, entry.needs);
  const Icon = entry.icon;
  return (
    <li className={entry.beginsGroup === true ? styles['group'] : undefined}>
      <Link to={entry.to} className={styles['item']} activeOptions={{ exact: entry.to === '/', includeSearch: false }}>
        <Icon size={18} aria-hidden="true" />
        {say(entry.word)}
        {locked ? (
          <>
            <Lock size={14} className={styles['lock']} aria-hidden="true" />
            <Hidden>({say('menu.locked')})</Hidden>
          </>
        ) : null}
      </Link>
    </li>
  );
}

function Choices(): ReactNode {
  const { say, locale } = useWords();
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <div className={styles['choices']}>
      <Select
        label={say('menu.theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, text: say(`theme.${value}`) }))}
        onChange={(value) => {
          setTheme(value as Theme);
          chooseTheme(value as Theme);
        }}
      />
      <Select
        label={say('menu.language')}
        value={locale}
        options={LOCALES.map((value) => ({ value, text: LANGUAGES[value] }))}
        onChange={(value) => void speak(value as Locale)}
      />
    </div>
  );
}

/** Whether the menu is unfolded on a narrow window, where it would fill the first screen; it folds once a screen was chosen. */
function useOpenMenu(): readonly [boolean, (open: boolean) => void] {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const [openAt, setOpenAt] = useState<string>();
  return [openAt === path, (open) => setOpenAt(open ? path : undefined)];
}

/** After a change of screen the reader's focus is at its beginning. */
function useFocusOnScreen(): React.RefObject<HTMLElement | null> {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = path === undefined;
  }, [path]);
  return main;
}

/** Menu, choices and the screen that the address names. */
export function Shell(): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const main = useFocusOnScreen();
  const [searches, setSearches] = useState(false);
  const [isOpen, setOpen] = useOpenMenu();
  const openSearch = useCallback(() => setSearches(true), []);
  const [showsKeys, setShowsKeys] = useState(false);
  const openKeys = useCallback(() => setShowsKeys(true), []);
  useShortcuts({ onSearch: openSearch, onSheet: openKeys });
  return (
    <>
      <a className={styles['skip']} href="#content">
        {say('menu.skip')}
      </a>
      <div className={styles['shell']}>
        <header className={styles['side']}>
          <Link to="/" className={styles['brand']}>
            <img src="/app/icon.svg" alt="" />
            Holdfast
          </Link>
          <span className={styles['opener']}>
            <Button aria-expanded={isOpen} aria-controls="menu" onPress={() => setOpen(!isOpen)}>
              <Menu size={16} aria-hidden="true" />
              {say('menu.open')}
            </Button>
          </span>
          <Button onPress={openSearch} aria-keyshortcuts="Control+K Meta+K">
            <Search size={16} aria-hidden="true" />
            {say('palette.title')}
          </Button>
          <div id="menu" className={styles['fold']} data-open={isOpen}>
            <nav aria-label={say('menu.label')}>
              <ul className={styles['menu']}>
                {MENU.map((entry) => (
                  <MenuItem key={entry.to} entry={entry} />
                ))}
              </ul>
            </nav>
            <div className={styles['who']}>
              <Choices />
              <Button look="quiet" onPress={openKeys}>
                <Keyboard size={16} aria-hidden="true" />
                {say('shortcuts.title')}
              </Button>
              <div>
                <strong>{session.tenant}</strong>
                <div className={styles['subject']}>{session.subject}</div>
              </div>
              <Button look="quiet" onPress={() => void signOut().finally(() => window.location.assign('/app'))}>
                <LogOut size={16} aria-hidden="true" />
                {say('menu.signOut')}
              </Button>
            </div>
          </div>
        </header>
        <main id="content" ref={main} tabIndex={-1} className={styles['main']}>
          <Outlet />
        </main>
      </div>
      {showsKeys ? <ShortcutSheet onClose={() => setShowsKeys(false)} /> : null}
      {searches ? <Palette onClose={() => setSearches(false)} /> : null}
    </>
  );
}

export function NoSuchScreen(): ReactNode {
  const { say } = useWords();
  return (
    <Empty title={say('shell.noScreen')}>
      <Link to="/">{say('menu.home')}</Link>
    </Empty>
  );
}
