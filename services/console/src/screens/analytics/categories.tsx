import type { ValueOf } from '@holdfast/client';
import type { ReactNode } from 'react';
import { sharesOf, type Share } from '../../charts/shares.js';
import { Empty } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import styles from './analytics.module.css';

export type Analytics = ValueOf<'inventory.analytics'>;

function Bar({ share: { widthPercent, sharePercent } }: { readonly share: Share }): ReactNode {
  const { percent } = useFormats();
  return (
    <div className={styles['bar']}>
      <div className={styles['track']} aria-hidden="true">
        <span style={{ width: `${String(widthPercent)}%` }} />
      </div>
      <span className={styles['share']}>{sharePercent === null ? '–' : percent(sharePercent)}</span>
    </div>
  );
}

/** Value and units by category: bars in the rows of the table that has their figures. */
export function Categories({ byCategory }: { readonly byCategory: Analytics['analytics']['byCategory'] }): ReactNode {
  const { say } = useWords();
  const { units, money } = useFormats();
  if (byCategory.length === 0) return <Empty title={say('analytics.none')}>{say('analytics.noneText')}</Empty>;
  const sorted = [...byCategory].sort((one, other) => other.value - one.value || other.units - one.units);
  const [values, counts] = [sharesOf(sorted.map(({ value }) => value)), sharesOf(sorted.map((category) => category.units))];
  const none = { widthPercent: 0, sharePercent: null };
  const rows = sorted.map((category, index) => ({ ...category, ofValue: values[index] ?? none, ofUnits: counts[index] ?? none }));
  return (
    <Table
      label={say('analytics.byCategory')}
      rows={rows}
      keyOf={({ categoryId }) => categoryId ?? ''}
      columns={[
        { head: say('analytics.category'), cell: ({ categoryName }) => categoryName ?? say('analytics.uncategorised') },
        { head: say('analytics.value'), isNumber: true, cell: ({ value }) => money(value) },
        { head: say('analytics.shareOfValue'), cell: ({ ofValue }) => <Bar share={ofValue} /> },
        { head: say('analytics.units'), isNumber: true, cell: (category) => units(category.units) },
        { head: say('analytics.shareOfUnits'), cell: ({ ofUnits }) => <Bar share={ofUnits} /> },
      ]}
    />
  );
}
