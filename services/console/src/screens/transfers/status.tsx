import type { ItemOf } from '@holdfast/client';
import type { ReactNode } from 'react';
import layout from '../../ui/layout.module.css';
import { useWords } from '../../words/words.js';

export type Transfer = ItemOf<'transfers.list', 'transfers'>;
export type Status = Transfer['status'];

export const STATUSES: readonly Status[] = [
  'created',
  'moving',
  'shipping',
  'in_transit',
  'receiving',
  'received',
  'cancelling',
  'cancelled',
  'closing',
  'closed',
];
const LOOKS: Readonly<Partial<Record<Status, readonly [look: string, glyph: string]>>> = {
  in_transit: ['warn', '→'],
  received: ['good', '✓'],
  cancelled: ['soft', '✗'],
  closed: ['bad', '✗'],
};

type Units = 'quantity' | 'inTransit' | 'received' | 'returned' | 'rejected' | 'over' | 'lost';

/** Units of all lines, as shipped, on the way or arrived. */
export const unitsOf = ({ lines }: Transfer, of: Units): number => lines.reduce((sum, line) => sum + line[of], 0);

/** A step that Holdfast is carrying out: what comes next is seen by looking again. */
export const isMoving = ({ status }: Transfer): boolean => MOVING.has(status);
const MOVING: ReadonlySet<Status> = new Set(['moving', 'shipping', 'receiving', 'cancelling', 'closing']);

export function StatusOf({ status }: { readonly status: Status }): ReactNode {
  const { say } = useWords();
  const [look, glyph] = LOOKS[status] ?? [undefined, ''];
  return (
    <span className={look === undefined ? undefined : layout[look]}>
      {glyph} {say(`transfers.status.${status}`)}
    </span>
  );
}
