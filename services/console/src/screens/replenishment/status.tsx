import type { ItemOf } from '@holdfast/client';
import type { ReactNode } from 'react';
import layout from '../../ui/layout.module.css';
import { useWords, type WordId } from '../../words/words.js';

export type Order = ItemOf<'replenishment.list', 'replenishments'>;
export type OrderStatus = Order['status'];
export type Rule = ItemOf<'replenishment.rules', 'rules'>;

export const ORDER_STATUSES: readonly OrderStatus[] = [
  'suggested',
  'approved',
  'ordered',
  'in_progress',
  'cancelling',
  'received',
  'rejected',
  'superseded',
  'cancelled',
];
export const METHODS: readonly Rule['method'][] = ['min_max', 'reorder_point', 'periodic'];
export const MODES: readonly Rule['mode'][] = ['suggest', 'approve', 'auto'];

const LOOKS: Readonly<Partial<Record<OrderStatus, readonly [look: string, glyph: string]>>> = {
  suggested: ['warn', '?'],
  approved: ['good', '✓'],
  in_progress: ['warn', '→'],
  received: ['good', '✓'],
  rejected: ['soft', '✗'],
  superseded: ['soft', '↺'],
  cancelled: ['soft', '✗'],
};

export function StatusOf({ status }: { readonly status: OrderStatus }): ReactNode {
  const { say } = useWords();
  const [look, glyph] = LOOKS[status] ?? [undefined, ''];
  return (
    <span className={`${layout['oneLine'] ?? ''} ${look === undefined ? '' : (layout[look] ?? '')}`}>
      {glyph} {say(`replenishment.status.${status}`)}
    </span>
  );
}

/** Where the units come from. */
export function SourceOf({ source: { type, locationId, supplierId } }: { readonly source: Order['source'] }): ReactNode {
  const { say } = useWords();
  const name = type === 'transfer' ? locationId : supplierId;
  return (
    <>
      {say(`replenishment.source.${type}`)} {name}
    </>
  );
}

/** A method of a rule, or an order beside any rule. */
export const useMethodName = (): ((method: string) => string) => {
  const { say } = useWords();
  return (method) => say(`replenishment.method.${method}` as WordId);
};
