import type { ReactNode } from 'react';
import { useWords } from '../words/words.js';
import { ColumnChooser, useShownColumns } from './chosen-columns.js';
import { Button } from './controls.js';
import styles from './table.module.css';

export interface Column<Row> {
  readonly head: string;
  /** Figures stand at the right. */
  readonly isNumber?: boolean;
  cell(row: Row): ReactNode;
}

export interface TableProps<Row> {
  /** Names the table for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string;
}

/** Rows of a list. Where it is wider than the window it scrolls by itself, by the keyboard too. */
export function Table<Row>({ label, columns: all, rows, keyOf }: TableProps<Row>): ReactNode {
  const columns = useShownColumns(all);
  const look = ({ isNumber = false }: Column<Row>): string | undefined => (isNumber ? styles['number'] : undefined);
  return (
    <>
      <ColumnChooser heads={all.map(({ head }) => head)} />
      <div className={styles['scroll']} tabIndex={0} role="group" aria-label={label}>
        <table className={styles['table']}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.head} scope="col" className={look(column)}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column) => (
                  <td key={column.head} className={look(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

export interface PagerProps {
  readonly pagination: { readonly page: number; readonly totalPages: number };
  onPage(page: number): void;
}

/** Goes through the pages of a list; nothing where there is one. */
export function Pager({ pagination: { page, totalPages }, onPage }: PagerProps): ReactNode {
  const { say } = useWords();
  if (totalPages <= 1) return null;
  return (
    <div className={styles['pager']}>
      <Button data-page="previous" isDisabled={page <= 1} onPress={() => onPage(page - 1)}>
        {say('pager.previous')}
      </Button>
      <span>{say('pager.page', { page, pages: totalPages })}</span>
      <Button data-page="next" isDisabled={page >= totalPages} onPress={() => onPage(page + 1)}>
        {say('pager.next')}
      </Button>
    </div>
  );
}
