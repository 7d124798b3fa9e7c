import type { ItemOf } from '@holdfast/client';
import type { ReactNode } from 'react';
import layout from '../../ui/layout.module.css';
import { useWords } from '../../words/words.js';

export type StockRequest = ItemOf<'stockRequests.list', 'requests'>;
export type RequestLine = StockRequest['lines'][number];
export type RequestStatus = StockRequest['status'];
export type Priority = StockRequest['priority'];

export const REQUEST_STATUSES: readonly RequestStatus[] = [
  'draft',
  'submitted',
  'approved',
  'rejected',
  'fulfilling',
  'fulfilled',
  'cancelled',
];
export const PRIORITIES: readonly Priority[] = ['normal', 'high', 'urgent'];
/** What the list calls the requests that wait for whoever looks at it. */
export const PENDING = 'pending';

const LOOKS: Readonly<Partial<Record<RequestStatus, readonly [look: string, glyph: string]>>> = {
  submitted: ['warn', '…'],
  approved: ['good', '✓'],
  fulfilling: ['warn', '→'],
  fulfilled: ['good', '✓'],
  rejected: ['bad', '✗'],
  cancelled: ['soft', '✗'],
};

export function StatusOf({ status }: { readonly status: RequestStatus }): ReactNode {
  const { say } = useWords();
  const [look, glyph] = LOOKS[status] ?? [undefined, ''];
  return (
    <span className={look === undefined ? undefined : layout[look]}>
      {glyph} {say(`requests.status.${status}`)}
    </span>
  );
}

export function PriorityOf({ priority }: { readonly priority: Priority }): ReactNode {
  const { say } = useWords();
  const text = say(`requests.priority.${priority}`);
  return priority === 'normal' ? text : <span className={layout[priority === 'urgent' ? 'bad' : 'warn']}>! {text}</span>;
}
