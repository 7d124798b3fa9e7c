import type { ItemOf, ValueOf } from '@holdfast/client';

export type Batch = ItemOf<'counts.list', 'batches'>;
export type Count = ValueOf<'counts.get'>;
export type Line = Count['lines'][number];

export const STATUSES = ['open', 'counting', 'review', 'resolved', 'cancelled'] as const;

/** Whether a line waits for a count: the first, or another by a person who did not count it before. */
export const mustBeCounted = ({ status }: Line): boolean => status === 'to_count' || status === 'recount' || status === 'stale';

/** A count may be put right until the batch is submitted. */
export const mayBeCounted = (line: Line): boolean => mustBeCounted(line) || line.status === 'counted';
