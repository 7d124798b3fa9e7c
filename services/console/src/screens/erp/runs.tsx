import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import layout from '../../ui/layout.module.css';
import { Empty, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

const PAGE = 20;
const REFRESH_MS = 2_000;

/** What each reading of the ERP brought, newest first. */
export function Runs({ connectionId }: { readonly connectionId: string }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['erp runs', connectionId, page],
    queryFn: async () => await holdfast.connections.runs(connectionId, { page, limit: PAGE }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  return (
    <section className={layout['card']} aria-label={say('erp.runs')}>
      <h2>{say('erp.runs')}</h2>
      <Region needs="erp.read" query={query}>
        {({ runs, pagination }) =>
          runs.length === 0 ? (
            <Empty title={say('erp.noRuns')} />
          ) : (
            <>
              <Table
                label={say('erp.runs')}
                rows={runs}
                keyOf={({ id }) => id}
                columns={[
                  { head: say('history.at'), cell: ({ startedAt }) => <When at={startedAt} /> },
                  {
                    head: say('mappings.status'),
                    cell: ({ status, error, refusals }) => (
                      <>
                        {say(`erp.run.${status}`)}
                        {error === null ? null : <div className={layout['bad']}>{error}</div>}
                        {refusals.map(({ row, field, says }) => (
                          <div key={`${row}|${field}`} className={layout['bad']}>
                            {row}: {field} {says}
                          </div>
                        ))}
                      </>
                    ),
                  },
                  { head: say('erp.rowsRead'), isNumber: true, cell: ({ rowsRead }) => units(rowsRead) },
                  { head: say('erp.changed'), isNumber: true, cell: ({ changed }) => units(changed) },
                  { head: say('erp.refused'), isNumber: true, cell: ({ refused }) => units(refused) },
                  { head: say('erp.parkedCount'), isNumber: true, cell: ({ parked }) => units(parked) },
                ]}
              />
              <Pager pagination={pagination} onPage={setPage} />
            </>
          )
        }
      </Region>
    </section>
  );
}
