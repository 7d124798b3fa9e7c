import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { usesSingleKeys } from './preferences.js';
import { Shortcuts, type Shortcut } from './shortcuts.js';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

/** A part of the screen shown, where it has one. */
const partOf = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(`#content ${selector}`);

export interface ShortcutTargets {
  onSearch(): void;
  onSheet(): void;
}

/** Keys that work on every screen. Those without Ctrl can be switched off, and do nothing in a field or beside an open dialog. */
export function useShortcuts({ onSearch, onSheet }: ShortcutTargets): void {
  const navigate = useNavigate();
  const { sku } = useParams({ strict: false });
  const [shortcuts] = useState(() => new Shortcuts());
  useEffect(() => {
    const follow = (shortcut: Shortcut): void => {
      switch (shortcut.kind) {
        case 'screen':
          void navigate({ to: shortcut.to });
          break;
        case 'find': {
          const field = partOf('input[type=search]');
          if (field === null) onSearch();
          else field.focus();
          break;
        }
        case 'sheet':
          onSheet();
          break;
        case 'explain':
          if (sku !== undefined) void navigate({ to: '/sku/$sku', params: { sku } });
          break;
        case 'time':
          if (sku !== undefined) void navigate({ to: '/sku/$sku/time', params: { sku } });
          break;
        case 'previous':
        case 'next':
          partOf(`[data-page=${shortcut.kind}]:not([data-disabled])`)?.click();
          break;
        default:
          shortcut satisfies never;
      }
    };
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key === 'k') {
        event.preventDefault();
        onSearch();
        return;
      }
      if (isTyping(event.target) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!usesSingleKeys() || document.querySelector('[role=dialog]') !== null) return;
      const shortcut = shortcuts.press(event.key, event.timeStamp);
      if (shortcut === undefined) return;
      event.preventDefault();
      follow(shortcut);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, onSearch, onSheet, shortcuts, sku]);
}
