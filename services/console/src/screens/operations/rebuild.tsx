import type { ValueOf } from '@holdfast/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import { Facts } from '../../ui/facts.js';
import layout from '../../ui/layout.module.css';
import { Failed, NeedsPermission, Region } from '../../ui/states.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

type Seen = ValueOf<'rebuild.get'>;
const RUNNING_MS = 1_000;
const QUIET_MS = 15_000;
const isRunning = ({ status }: Seen): boolean => status === 'running' || status === 'running_elsewhere';

function Outcome({ seen }: { readonly seen: Seen }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const { status, phase, percent = 0, events, equal, corrected, liveDigest, rebuiltDigest, finishedAt, error } = seen;
  return (
    <>
      <p role="status">
        <strong>{say(`rebuild.status.${status}`)}</strong>
        {phase === undefined ? null : ` · ${say(`rebuild.phase.${phase}`)}`}
        {events === undefined ? null : ` · ${say('rebuild.events', { count: units(events) })}`}
        {finishedAt === undefined ? null : (
          <>
            {' · '}
            <When at={finishedAt} />
          </>
        )}
      </p>
      {status === 'running' ? (
        <progress className={layout['progress']} max={100} value={percent} aria-label={say('rebuild.title')} />
      ) : null}
      {equal === undefined ? null : (
        <p className={layout[equal ? 'good' : 'warn']}>
          {equal ? `✓ ${say('rebuild.equal')}` : `! ${say('rebuild.differed', { count: corrected ?? 0 })}`}
        </p>
      )}
      {liveDigest === undefined || rebuiltDigest === undefined ? null : (
        <Facts
          facts={[
            [say('rebuild.liveDigest'), <code key="live">{liveDigest}</code>],
            [say('rebuild.rebuiltDigest'), <code key="rebuilt">{rebuiltDigest}</code>],
          ]}
        />
      )}
      {error === undefined ? null : <p className={layout['bad']}>{error}</p>}
    </>
  );
}

/** Builds the read models anew beside the live ones and compares both. It concerns all tenants, so it is the operator's alone. */
export function Rebuild(): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [mayRead, mayStart] = [useMay('installation.read'), useMay('installation.rebuild')];
  const query = useQuery({
    queryKey: ['rebuild'],
    queryFn: async () => await holdfast.rebuild.get(),
    enabled: mayRead,
    refetchInterval: ({ state }) => (state.data !== undefined && isRunning(state.data) ? RUNNING_MS : QUIET_MS),
  });
  const start = useMutation({
    mutationFn: async () => await holdfast.rebuild.start(),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['rebuild'] }),
  });
  return (
    <section className={layout['card']} aria-label={say('rebuild.title')}>
      <h2>{say('rebuild.title')}</h2>
      <p>{say('rebuild.text')}</p>
      {mayRead ? (
        <Region needs="installation.read" query={query} rows={1}>
          {(seen) => (
            <div className={layout['form']}>
              <Outcome seen={seen} />
              <div>
                <Button isDisabled={!mayStart || start.isPending || isRunning(seen)} onPress={() => start.mutate()}>
                  {say('rebuild.start')}
                </Button>
              </div>
            </div>
          )}
        </Region>
      ) : (
        <>
          <NeedsPermission permission="installation.rebuild" />
          <p className={layout['soft']}>{say('rebuild.whoMay')}</p>
        </>
      )}
      {start.error === null ? null : <Failed error={start.error} />}
    </section>
  );
}
