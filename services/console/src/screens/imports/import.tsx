import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useMay } from '../../app/signed-in.js';
import { Button, buttonLook, Dialog } from '../../ui/controls.js';
import { Failed, Hidden, Region } from '../../ui/states.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { fileOf, keepFile } from './files.js';
import styles from './imports.module.css';
import { Lines } from './lines.js';
import { canBeApplied, canBeUndone, doneLines, isRunning, purposeOf, type Import } from './progress.js';

const route = getRouteApi('/imports/$importId');
const LONG_MS = 300_000;

function Counts({ seen }: { readonly seen: Import }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const counts = [
    ['imports.lines', seen.lines],
    [seen.dryRun ? 'imports.wouldChange' : 'imports.changed', seen.applied],
    ['imports.same', seen.unchanged],
    ['imports.failed', seen.failed],
  ] as const;
  return (
    <dl className={styles['counts']}>
      {counts.map(([word, count]) => (
        <div key={word}>
          <dt>{say(word)}</dt>
          <dd>{units(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Carries a dry run out, by the same file. */
function Apply({ seen }: { readonly seen: Import }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const file = fileOf(seen.id);
  const { idempotencyKey, settled } = useIntentKey();
  const apply = useMutation({
    mutationFn: async (chosen: File) =>
      await holdfast.imports.begin(chosen, { kind: seen.kind }, { idempotencyKey, timeoutMs: LONG_MS, deadlineMs: LONG_MS }),
    onError: settled,
    onSuccess: ({ id: importId }, chosen) => {
      keepFile(importId, chosen);
      void navigate({ to: '/imports/$importId', params: { importId } });
    },
  });
  if (file === undefined) return <p>{say('imports.chooseAgain')}</p>;
  return (
    <>
      <Button look="primary" isDisabled={apply.isPending} onPress={() => apply.mutate(file)}>
        {say('imports.apply', { count: seen.applied })}
      </Button>
      {apply.error === null ? null : <Failed error={apply.error} onRetry={() => apply.mutate(file)} />}
    </>
  );
}

/** Takes an import back; a dry run of that says first what cannot be taken back. */
function Undo({ seen }: { readonly seen: Import }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const { idempotencyKey, settled } = useIntentKey();
  const open = ({ id: importId }: Import): void => void navigate({ to: '/imports/$importId', params: { importId } });
  const look = useMutation({ mutationFn: async () => await holdfast.imports.undo(seen.id, { dryRun: true }), onSuccess: open });
  const undo = useMutation({
    mutationFn: async () => await holdfast.imports.undo(seen.id, {}, { idempotencyKey }),
    onError: settled,
    onSuccess: (undoing) => {
      setAsking(false);
      open(undoing);
    },
  });
  const error = look.error ?? undo.error;
  return (
    <>
      <Button isDisabled={look.isPending} onPress={() => look.mutate()}>
        {say('imports.lookAtUndo')}
      </Button>
      <Button onPress={() => setAsking(true)}>{say('imports.undoThis')}</Button>
      {error === null ? null : <Failed error={error} />}
      {isAsking ? (
        <Dialog title={say('imports.undoThis')} onClose={() => setAsking(false)}>
          <p>{say('imports.undoText', { count: seen.applied })}</p>
          <div className={styles['tools']}>
            <Button look="primary" isDisabled={undo.isPending} onPress={() => undo.mutate()}>
              {say('imports.undoNow')}
            </Button>
            <Button onPress={() => setAsking(false)}>{say('imports.keep')}</Button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}

function Actions({ seen }: { readonly seen: Import }): ReactNode {
  const { say } = useWords();
  const mayWrite = useMay('inventory.write');
  return (
    <div className={styles['tools']}>
      {mayWrite && canBeApplied(seen) && seen.undoes === null ? <Apply seen={seen} /> : null}
      {mayWrite && canBeUndone(seen) ? <Undo seen={seen} /> : null}
      {seen.failed === 0 ? null : (
        <a className={buttonLook()} href={`/v1/imports/${seen.id}/failed.csv`} download={`failed-${seen.id}.csv`}>
          {say('imports.download')}
        </a>
      )}
      {seen.undoes === null ? null : (
        <Link to="/imports/$importId" params={{ importId: seen.undoes }}>
          {say('imports.undoneOne')}
        </Link>
      )}
    </div>
  );
}

function State({ seen }: { readonly seen: Import }): ReactNode {
  const { say } = useWords();
  const { time } = useFormats();
  return (
    <section className={styles['card']} aria-label={say('imports.status')}>
      <p role="status">
        <strong>{say(purposeOf(seen))}</strong> · {say(`imports.status.${seen.status}`)} ·{' '}
        <span className={styles['soft']}>
          <time dateTime={seen.createdAt}>{time(seen.createdAt)}</time>
        </span>
      </p>
      {isRunning(seen) ? (
        <>
          <Hidden>{say('imports.progress')}</Hidden>
          <progress
            className={styles['progress']}
            aria-label={say('imports.progress')}
            max={Math.max(1, seen.lines)}
            value={doneLines(seen)}
          />
        </>
      ) : null}
      {seen.error === null ? null : <p className={styles['bad']}>✗ {seen.error}</p>}
      <Counts seen={seen} />
      <Actions seen={seen} />
    </section>
  );
}

/** One import: how far it is, what became of its lines, and how to carry it out or take it back. */
export function ImportPage(): ReactNode {
  const { say } = useWords();
  const { importId } = route.useParams();
  const may = useMay('inventory.read');
  const query = useQuery({
    queryKey: ['import', importId],
    queryFn: async () => await holdfast.imports.get(importId),
    enabled: may,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data !== undefined && isRunning(state.data) ? 300 : false),
  });
  return (
    <div className={styles['page']}>
      <h1>{query.data === undefined ? say('imports.title') : say(`imports.of.${query.data.kind}`)}</h1>
      <Region needs="inventory.read" query={query}>
        {(seen) => (
          <div className={styles['page']}>
            <State key={seen.id} seen={seen} />
            {isRunning(seen) ? null : <Lines seen={seen} />}
          </div>
        )}
      </Region>
    </div>
  );
}
