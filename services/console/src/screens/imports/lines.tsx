import type { ItemOf } from '@holdfast/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { Button, Select } from '../../ui/controls.js';
import { Empty, Region } from '../../ui/states.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import styles from './imports.module.css';
import type { Import } from './progress.js';

type Line = ItemOf<'imports.lines', 'lines'>;

const RESULTS = ['all', 'applied', 'unchanged', 'failed'] as const;
type Result = (typeof RESULTS)[number];
const PAGE = 50;

/** What stood there and what stands there now; for lines of products and locations, which columns changed. */
function Change({ line }: { readonly line: Line }): ReactNode {
  const { units } = useFormats();
  const { before, after, former } = line;
  if (before !== null && after !== null) return `${units(before)} → ${units(after)}`;
  return former === null ? null : Object.keys(former).join(', ');
}

function LineRow({ line, dryRun }: { readonly line: Line; readonly dryRun: boolean }): ReactNode {
  const { say } = useWords();
  const cells = Object.values(line.cells).map(String).join(' · ');
  return (
    <tr>
      <td className={styles['number']}>{line.line}</td>
      <td>{cells}</td>
      <td>{say(dryRun && line.result === 'applied' ? 'imports.wouldChange' : `imports.result.${line.result ?? 'waiting'}`)}</td>
      <td>
        <Change line={line} />
      </td>
      <td className={styles['bad']}>{line.says === null ? null : `${line.column === null ? '' : `${line.column}: `}${line.says}`}</td>
    </tr>
  );
}

interface PagingProps {
  readonly page: number;
  readonly pages: number;
  onChange(page: number): void;
}

function Paging({ page, pages, onChange }: PagingProps): ReactNode {
  const { say } = useWords();
  return (
    <div className={styles['tools']}>
      <Button isDisabled={page <= 1} onPress={() => onChange(page - 1)}>
        {say('imports.previous')}
      </Button>
      <span>{say('imports.page', { page, pages })}</span>
      <Button isDisabled={page >= pages} onPress={() => onChange(page + 1)}>
        {say('imports.next')}
      </Button>
    </div>
  );
}

/** What became of each line; the failed ones first where there are any. */
export function Lines({ seen }: { readonly seen: Import }): ReactNode {
  const { say } = useWords();
  const [result, setResult] = useState<Result>(seen.failed > 0 ? 'failed' : 'all');
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['import lines', seen.id, result, page],
    queryFn: async () => await holdfast.imports.lines(seen.id, { page, limit: PAGE, ...(result === 'all' ? {} : { result }) }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className={styles['tools']}>
        <Select
          label={say('imports.show')}
          value={result}
          options={RESULTS.map((value) => ({ value, text: say(`imports.result.${value}`) }))}
          onChange={(value) => {
            setResult(value as Result);
            setPage(1);
          }}
        />
      </div>
      <Region needs="inventory.read" query={query}>
        {({ lines, pagination }) =>
          lines.length === 0 ? (
            <Empty title={say('imports.noLines')} />
          ) : (
            <>
              <div className={styles['scroll']} tabIndex={0} role="group" aria-label={say('imports.lines')}>
                <table className={styles['table']}>
                  <thead>
                    <tr>
                      <th scope="col" className={styles['number']}>
                        {say('imports.line')}
                      </th>
                      <th scope="col">{say('imports.cells')}</th>
                      <th scope="col">{say('imports.result')}</th>
                      <th scope="col">{say('imports.change')}</th>
                      <th scope="col">{say('imports.fault')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {lines.map((line) => (
                      <LineRow key={line.line} line={line} dryRun={seen.dryRun} />
                    ))}
                  </tbody>
                </table>
              </div>
              {pagination.totalPages > 1 ? <Paging page={page} pages={pagination.totalPages} onChange={setPage} /> : null}
            </>
          )
        }
      </Region>
    </>
  );
}
