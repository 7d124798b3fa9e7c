import type { BodyOf } from '@holdfast/client';

/** A change of on hand that somebody made. */
export interface StockChange {
  /** Of its row in the list of adjustments. */
  readonly id: string;
  /** Of the document or command that made it. */
  readonly documentId: string;
  readonly sku: string;
  readonly locationId: string;
  readonly delta: number;
  /** By lot and bin; units without a lot or bin may have changed beside them. */
  readonly changes?: readonly { readonly lotId: string | null; readonly binId: string | null; readonly delta: number }[];
}

/** What takes a change back: the same units of the same lots and bins the other way, for a reason that names it. */
export function counterOf(
  { id, documentId, sku, locationId, delta, changes = [] }: StockChange,
  reason: string,
): BodyOf<'adjustments.create'> | undefined {
  if (delta === 0) return undefined;
  const rest = { lotId: null, binId: null, delta: delta - changes.reduce((sum, each) => sum + each.delta, 0) };
  const lines = [...changes, rest]
    .filter((each) => each.delta !== 0)
    .map(({ lotId, binId, delta: units }) => ({
      ...{ sku, delta: -units },
      ...(lotId === null ? {} : { lotId }),
      ...(binId === null ? {} : { binId }),
    }));
  return { locationId, reasonCode: 'correction', reason, reference: documentId, undoes: id, lines };
}

interface Listed extends StockChange {
  readonly source: string;
  readonly reference: string | null;
}

/** Changes that people and programs make with differences and counts; those of other documents are undone by these. */
const SOURCES: readonly string[] = ['api', 'count'];

/**
 * Whether a row of the list may be taken back: not one of another document, nor one that was already, as far as the rows tell. The service
 * takes each back once.
 */
export const mayBeUndone = (row: Listed, rows: readonly Listed[]): boolean => {
  const counters = rows.filter(({ reference, sku }) => reference === row.documentId && sku === row.sku).map(({ delta }) => delta);
  const isUndone = counters.includes(-row.delta) || counters.reduce((sum, delta) => sum + delta, row.delta) === 0;
  return SOURCES.includes(row.source) && !/^(?:cc|tr|hold)_/.test(row.documentId) && row.delta !== 0 && !isUndone;
};
