import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import layout from '../../ui/layout.module.css';
import { Table, type Column } from '../../ui/table.js';
import { useFormats } from '../../words/format.js';
import { useWords, type WordId } from '../../words/words.js';
import type { Line } from './status.js';

/** The columns that counting, review and the finished batch have in common. */
export function useLineColumns(): readonly Column<Line>[] {
  const { say } = useWords();
  const { units, difference } = useFormats();
  const figure = (value: number | null | undefined, write: (value: number) => string): string =>
    value === null || value === undefined ? '–' : write(value);
  return [
    {
      head: 'SKU',
      cell: ({ sku, productName }) => (
        <>
          <Link to="/sku/$sku" params={{ sku }}>
            {sku}
          </Link>
          {productName === null ? null : <div className={layout['soft']}>{productName}</div>}
        </>
      ),
    },
    {
      head: say('reservations.status'),
      cell: ({ status, withinTolerance }) => (
        <span className={withinTolerance === false ? layout['warn'] : undefined}>
          {withinTolerance === false ? '! ' : ''}
          {say(`counts.line.${status}` as WordId)}
        </span>
      ),
    },
    { head: say('counts.counted'), isNumber: true, cell: ({ entries }) => entries.map(({ quantity }) => units(quantity)).join(', ') },
    { head: say('counts.book'), isNumber: true, cell: ({ bookQuantity }) => figure(bookQuantity, units) },
    { head: say('counts.variance'), isNumber: true, cell: ({ variance }) => figure(variance, difference) },
    { head: say('counts.booked'), isNumber: true, cell: ({ delta }) => figure(delta, difference) },
  ];
}

export function Lines({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  const { say } = useWords();
  return <Table label={say('lines.title')} rows={lines} keyOf={({ lineId }) => lineId} columns={useLineColumns()} />;
}
