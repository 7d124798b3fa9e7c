import type { ItemOf } from '@holdfast/client';
import type { ReactNode } from 'react';
import layout from '../../ui/layout.module.css';
import { useWords, type WordId } from '../../words/words.js';

export type Task = ItemOf<'putAway.list', 'tasks'>;
export type Status = Task['status'];

export const STATUSES: readonly Status[] = ['open', 'in_progress', 'partly_completed', 'completed', 'cancelled'];
const LOOKS: Readonly<Partial<Record<Status, readonly [look: string, glyph: string]>>> = {
  in_progress: ['warn', '→'],
  partly_completed: ['warn', '→'],
  completed: ['good', '✓'],
  cancelled: ['soft', '✗'],
};

export const isOpen = ({ status }: Task): boolean => status !== 'completed' && status !== 'cancelled';

export function StatusOf({ status }: { readonly status: Status }): ReactNode {
  const { say } = useWords();
  const [look, glyph] = LOOKS[status] ?? [undefined, ''];
  return (
    <span className={look === undefined ? undefined : layout[look]}>
      {glyph} {say(`putAway.status.${status}`)}
    </span>
  );
}

/** Words for why a bin was suggested. */
export const REASONS: Readonly<Record<Task['lines'][number]['because'], WordId>> = {
  'named by the caller': 'putAway.because.named',
  'fixed bin of the SKU': 'putAway.because.fixed',
  'same SKU and lot': 'putAway.because.sameLot',
  'same SKU, other lot': 'putAway.because.sameSku',
  empty: 'putAway.because.empty',
  mixed: 'putAway.because.mixed',
  overflow: 'putAway.because.overflow',
};
