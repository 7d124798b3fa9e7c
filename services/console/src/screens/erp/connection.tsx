import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Checks } from '../../ui/checks.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed, Region } from '../../ui/states.js';
import { useWords } from '../../words/words.js';
import { Connect } from './connect.js';
import { Polled, type Connection } from './erp.js';
import { Runs } from './runs.js';
import { Warehouses } from './warehouses.js';

const route = getRouteApi('/erp/$connectionId');
const REFRESH_MS = 5_000;

/** Reads from the ERP at once, or only tries whether that would work. */
function Actions({ connectionId }: { readonly connectionId: string }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const may = useMay('erp.write');
  const test = useMutation({ mutationFn: async () => await holdfast.connections.test(connectionId) });
  const poll = useMutation({
    mutationFn: async () => await holdfast.connections.poll(connectionId),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['erp runs', connectionId] }),
  });
  const error = test.error ?? poll.error;
  return (
    <>
      <div className={layout['tools']}>
        <Button isDisabled={!may || test.isPending} onPress={() => test.mutate()}>
          {say('channels.test')}
        </Button>
        <Button isDisabled={!may || poll.isPending} onPress={() => poll.mutate()}>
          {say('erp.pollNow')}
        </Button>
        {poll.isSuccess ? <span role="status">✓ {say('erp.pollStarted')}</span> : null}
      </div>
      {test.isSuccess ? <Checks label={say('channels.testResult')} checks={test.data.checks} /> : null}
      {error === null ? null : <Failed error={error} />}
    </>
  );
}

/** How the ERP is read, for who may change it. */
function Change({ connection }: { readonly connection: Connection }): ReactNode {
  const { say } = useWords();
  const may = useMay('erp.write');
  const [changes, setChanges] = useState(false);
  if (!may) return null;
  return (
    <div className={layout['tools']}>
      <Button onPress={() => setChanges(true)}>{say('erp.change')}</Button>
      {changes ? <Connect connection={connection} onClose={() => setChanges(false)} /> : null}
    </div>
  );
}

/** One ERP: whether it is read, which location each of its warehouses is, and what each run brought. */
export function ConnectionPage(): ReactNode {
  const { say } = useWords();
  const { connectionId } = route.useParams();
  const may = useMay('erp.read');
  const query = useQuery({
    queryKey: ['erp', connectionId],
    queryFn: async () => await holdfast.connections.get(connectionId),
    enabled: may,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={layout['page']}>
      <h1>{query.data?.name ?? connectionId}</h1>
      <Region needs="erp.read" query={query}>
        {(connection) => (
          <div className={layout['page']}>
            <section className={layout['card']} aria-label={say('erp.polling')}>
              <p>
                <strong>{connection.system}</strong> · <Polled connection={connection} />
              </p>
              {connection.poller === null ? null : <Actions connectionId={connectionId} />}
              <Change connection={connection} />
            </section>
            <Warehouses connection={connection} />
            {connection.poller === null ? null : <Runs connectionId={connectionId} />}
          </div>
        )}
      </Region>
    </div>
  );
}
