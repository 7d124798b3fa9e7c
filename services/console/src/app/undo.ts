import type { BodyOf } from '@holdfast/client';

/** A change of on hand that somebody made. */
export interface StockChange {
  readonly sku: string;
  readonly locationId: string;
  readonly delta: number;
  readonly lotId?: string | null;
  readonly binId?: string | null;
  /** Of the document or command that made it. */
  readonly documentId?: string;
}

/** What takes a change back: the same units the other way, for a reason that names it. */
export function counterOf(changes: readonly StockChange[], reason: string): BodyOf<'adjustments.create'> | undefined {
  const [first] = changes;
  if (first === undefined || changes.some(({ locationId }) => locationId !== first.locationId)) return undefined;
  const lines = changes
    .filter(({ delta }) => delta !== 0)
    .map(({ sku, delta, lotId, binId }) => ({
      ...{ sku, delta: -delta },
      ...(typeof lotId === 'string' ? { lotId } : {}),
      ...(typeof binId === 'string' ? { binId } : {}),
    }));
  if (lines.length === 0) return undefined;
  const { documentId, locationId } = first;
  return { locationId, reasonCode: 'correction', reason, lines, ...(documentId === undefined ? {} : { reference: documentId }) };
}

interface Listed extends StockChange {
  readonly documentId: string;
  readonly source: string;
  readonly reference: string | null;
}

/** Changes that people and programs make with differences and counts; those of other documents are undone by these. */
const SOURCES: readonly string[] = ['api', 'count'];

/** Whether a row of the list may be taken back: not one of another document, nor one that was already. */
export const mayBeUndone = (row: Listed, rows: readonly Listed[]): boolean =>
  SOURCES.includes(row.source) &&
  !/^(?:cc|tr|hold)_/.test(row.documentId) &&
  row.delta !== 0 &&
  !rows.some(({ reference, sku, delta }) => reference === row.documentId && sku === row.sku && delta === -row.delta);
