import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Select } from '../../ui/controls.js';
import { Empty, Failed, NeedsPermission, NoPermission, Region } from '../../ui/states.js';
import { Pager } from '../../ui/table.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { keepFile } from './files.js';
import styles from './imports.module.css';
import { doneLines, isRunning, purposeOf, type Import } from './progress.js';

const KINDS = ['stock', 'products', 'locations', 'orders', 'mappings'] as const;
type Kind = (typeof KINDS)[number];
/** What each kind needs besides the right to import. */
const NEEDS: Readonly<Record<Kind, string>> = {
  ...{ stock: 'inventory.write', products: 'products.write', locations: 'locations.write' },
  ...{ orders: 'reservations.write', mappings: 'channels.write' },
};

/** The file goes through a dry run first: what would change is shown before anything does. */
function Begin(): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const id = useId();
  const [kind, setKind] = useState<Kind>('stock');
  const [file, setFile] = useState<File>();
  const may = useMay(NEEDS[kind]);
  const { idempotencyKey, settled } = useIntentKey();
  const begin = useMutation({
    mutationFn: async (chosen: File) =>
      await holdfast.imports.begin(chosen, { kind, dryRun: true }, { idempotencyKey, timeoutMs: 300_000, deadlineMs: 300_000 }),
    onSuccess: ({ id: importId }, chosen) => {
      keepFile(importId, chosen);
      void navigate({ to: '/imports/$importId', params: { importId } });
    },
    onError: settled,
  });
  return (
    <section className={styles['card']} aria-label={say('imports.new')}>
      <h2>{say('imports.new')}</h2>
      <p>{say('imports.newText')}</p>
      <div className={styles['tools']}>
        <Select
          label={say('imports.kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, text: say(`imports.${value}`) }))}
          onChange={(value) => setKind(value as Kind)}
        />
        <div className={styles['file']}>
          <label className={styles['label']} htmlFor={id}>
            {say('imports.file')}
          </label>
          <input id={id} type="file" accept=".csv,text/csv,text/plain" onChange={({ target }) => setFile(target.files?.[0])} />
        </div>
        <Button
          look="primary"
          isDisabled={!may || file === undefined || begin.isPending}
          onPress={() => file !== undefined && begin.mutate(file)}
        >
          {say('imports.look')}
        </Button>
      </div>
      <p className={styles['soft']}>
        {say('imports.columns')} <code>{say(`imports.columns.${kind}`)}</code>
      </p>
      {may ? null : <NeedsPermission permission={NEEDS[kind]} />}
      {begin.error === null ? null : <Failed error={begin.error} onRetry={() => file !== undefined && begin.mutate(file)} />}
    </section>
  );
}

function Row({ seen }: { readonly seen: Import }): ReactNode {
  const { say } = useWords();
  const { units, time } = useFormats();
  return (
    <tr>
      <td>
        <Link to="/imports/$importId" params={{ importId: seen.id }}>
          <time dateTime={seen.createdAt}>{time(seen.createdAt)}</time>
        </Link>
      </td>
      <td>{say(`imports.${seen.kind}`)}</td>
      <td>{say(purposeOf(seen))}</td>
      <td>{say(`imports.status.${seen.status}`)}</td>
      <td className={styles['number']}>{units(doneLines(seen))}</td>
      <td className={styles['number']}>{units(seen.applied)}</td>
      <td className={styles['number']}>{seen.failed === 0 ? units(0) : <span className={styles['bad']}>✗ {units(seen.failed)}</span>}</td>
    </tr>
  );
}

function List({ imports }: { readonly imports: readonly Import[] }): ReactNode {
  const { say } = useWords();
  if (imports.length === 0)
    return (
      <Empty title={say('imports.none')} command="npm run import -- --file stock.csv --kind stock --dry-run">
        <p>{say('imports.noneText')}</p>
      </Empty>
    );
  return (
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label={say('imports.title')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{say('imports.when')}</th>
            <th scope="col">{say('imports.kind')}</th>
            <th scope="col">{say('imports.purpose')}</th>
            <th scope="col">{say('imports.status')}</th>
            <th scope="col" className={styles['number']}>
              {say('imports.lines')}
            </th>
            <th scope="col" className={styles['number']}>
              {say('imports.changed')}
            </th>
            <th scope="col" className={styles['number']}>
              {say('imports.failed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {imports.map((seen) => (
            <Row key={seen.id} seen={seen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Files that were imported, and a new one. */
export function Imports(): ReactNode {
  const { say } = useWords();
  const mayRead = useMay('inventory.read');
  const mayWrite = useMay('inventory.write');
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['imports', page],
    queryFn: async () => await holdfast.imports.list({ page, limit: 50 }),
    enabled: mayRead,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.imports.some(isRunning) === true ? 1_000 : false),
  });
  return (
    <div className={styles['page']}>
      <h1>{say('imports.title')}</h1>
      {mayWrite ? <Begin /> : <NoPermission permission="inventory.write" />}
      <Region needs="inventory.read" query={query}>
        {({ imports, pagination }) => (
          <>
            <List imports={imports} />
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
    </div>
  );
}
