import type { ValueOf } from '@holdfast/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Facts } from '../../ui/facts.js';
import layout from '../../ui/layout.module.css';
import { Region } from '../../ui/states.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { Health } from './health.js';
import { Rebuild } from './rebuild.js';

type Status = ValueOf<'operations.status'>;
const REFRESH_MS = 2_000;

/** How far what the screens show is behind what was decided. */
function Projection({ status: { projection, stream } }: { readonly status: Status }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const { position, head, eventsBehind, lagMs, setAside } = projection;
  return (
    <>
      <p role="status" className={layout[eventsBehind === 0 ? 'good' : 'warn']}>
        {eventsBehind === 0
          ? `✓ ${say('operations.current')}`
          : `! ${say('operations.behind', { events: units(eventsBehind), ms: units(lagMs) })}`}
      </p>
      <Facts
        facts={[
          [say('operations.position'), position],
          [say('operations.head'), head],
          [say('operations.readers'), units(stream.readers)],
          [say('operations.resuming'), units(stream.resuming)],
          [
            say('operations.setAside'),
            <span key="set" className={setAside === 0 ? undefined : layout['bad']}>
              {units(setAside)}
            </span>,
          ],
        ]}
      />
      {setAside === 0 ? null : <p className={layout['bad']}>{say('operations.setAsideText')}</p>}
    </>
  );
}

/** Messages that wait for somebody. */
function Waiting(): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const query = useQuery({
    queryKey: ['dead letters', 'parked', 'counts'],
    queryFn: async () => {
      const [letters, parked] = await Promise.all([holdfast.deadLetters.list({ limit: 1 }), holdfast.parkedMessages.list({ limit: 1 })]);
      return { letters: letters.pagination.total, parked: parked.warehouses.reduce((sum, { messages }) => sum + messages, 0) };
    },
    refetchInterval: REFRESH_MS * 5,
  });
  return (
    <section className={layout['card']} aria-label={say('operations.waiting')}>
      <h2>{say('operations.waiting')}</h2>
      <Region needs="erp.read" query={query} rows={1}>
        {({ letters, parked }) => (
          <Facts
            facts={[
              [
                say('letters.title'),
                <Link key="letters" to="/dead-letters">
                  {units(letters)}
                </Link>,
              ],
              [
                say('erp.parked'),
                <Link key="parked" to="/erp">
                  {units(parked)}
                </Link>,
              ],
            ]}
          />
        )}
      </Region>
    </section>
  );
}

/** How Holdfast runs, for who has no other monitoring at hand. */
export function Operations(): ReactNode {
  const { say } = useWords();
  const may = useMay('operations.read');
  const maySeeErp = useMay('erp.read');
  const query = useQuery({
    queryKey: ['operations'],
    queryFn: async () => await holdfast.operations.status(),
    enabled: may,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('operations.title')}</h1>
      <section className={layout['card']} aria-label={say('operations.projection')}>
        <h2>{say('operations.projection')}</h2>
        <Region needs="operations.read" query={query} rows={2}>
          {(status) => (
            <div className={layout['form']}>
              <Projection status={status} />
            </div>
          )}
        </Region>
      </section>
      <Health />
      {maySeeErp ? <Waiting /> : null}
      <Rebuild />
    </div>
  );
}
