import type { ValueOf } from '@holdfast/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { Button, Select, TextField } from '../../ui/controls.js';
import { EventName } from '../../ui/event-name.js';
import { Empty, Failed, Loading } from '../../ui/states.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { Curve } from './curve.js';
import type { TimelineSearch } from './search.js';
import styles from './sku.module.css';

type StockEvent = ValueOf<'stockEvents.list'>['events'][number];

const route = getRouteApi('/sku/$sku/timeline');
const PAGE = 50;
const DENSITIES = ['compact', 'steps', 'json'] as const;

function Moved({ event }: { readonly event: StockEvent }): ReactNode {
  const { say } = useWords();
  const { difference } = useFormats();
  const parts = event.moved.flatMap(({ locationId, onHand, reserved, inTransit, held = 0 }) =>
    (
      [
        ['onHand', onHand],
        ['reserved', reserved],
        ['inTransit', inTransit],
        ['held', held],
      ] as const
    )
      .filter(([, units]) => units !== 0)
      .map(([what, units]) => `${locationId}: ${say(`moved.${what}`)} ${difference(units)}`),
  );
  return parts.length === 0 ? null : <div>{parts.join(' · ')}</div>;
}

function Times({ event }: { readonly event: StockEvent }): ReactNode {
  const { say } = useWords();
  const { time, exactTime } = useFormats();
  return (
    <>
      <time dateTime={event.recordedAt} title={exactTime(event.recordedAt)}>
        {time(event.recordedAt)}
      </time>
      {event.isLate ? (
        <div className={styles['late']}>
          {say('timeline.effective')}{' '}
          <time dateTime={event.effectiveAt} title={exactTime(event.effectiveAt)}>
            {time(event.effectiveAt)}
          </time>
        </div>
      ) : null}
    </>
  );
}

/** What an event goes back to; each is a link to all that has the same id. */
function Causes({ sku, event }: { readonly sku: string; readonly event: StockEvent }): ReactNode {
  // A transfer's document is its correlation too: one link is enough.
  const ids = [...new Set([event.documentId, event.reservationId, event.correlationId])].filter((id) => id !== undefined);
  return (
    <div className={styles['soft']}>
      {event.actor === undefined ? null : <span>{event.actor} </span>}
      {ids.map((id) => (
        <Link
          key={id}
          className={styles['cause']}
          to="/sku/$sku/timeline"
          params={{ sku }}
          search={(before) => ({ ...before, correlation: id })}
        >
          {id}
        </Link>
      ))}
    </div>
  );
}

function EventRow({ sku, event, density }: { readonly sku: string; readonly event: StockEvent; readonly density: string }): ReactNode {
  return (
    <tr>
      <td className={styles['number']}>{event.revision}</td>
      <td className={styles['when']}>
        <Times event={event} />
      </td>
      <td>
        <strong>
          <EventName type={event.type} />
        </strong>
        <Moved event={event} />
        {density === 'compact' ? null : (
          <>
            <div className={styles['soft']}>{event.words}</div>
            <Causes sku={sku} event={event} />
          </>
        )}
        {density === 'json' ? (
          <pre className={styles['json']} tabIndex={0}>
            {JSON.stringify(event.data, null, 2)}
          </pre>
        ) : null}
      </td>
    </tr>
  );
}

function Filters({ search, onChange }: { readonly search: TimelineSearch; onChange(search: TimelineSearch): void }): ReactNode {
  const { say } = useWords();
  const change = (part: Record<string, string>): void => onChange(present({ ...search, ...part }));
  return (
    <div className={styles['tools']}>
      <TextField
        label={say('timeline.correlation')}
        kind="search"
        value={search.correlation ?? ''}
        onChange={(correlation) => change({ correlation })}
      />
      <TextField label={say('timeline.actor')} kind="search" value={search.actor ?? ''} onChange={(actor) => change({ actor })} />
      <Select
        label={say('timeline.density')}
        value={search.density ?? 'steps'}
        options={DENSITIES.map((value) => ({ value, text: say(`density.${value}`) }))}
        onChange={(density) => change({ density })}
      />
    </div>
  );
}

/** What happened to a SKU, newest first, in three densities. */
export function Timeline(): ReactNode {
  const { say } = useWords();
  const { sku } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { correlation, actor, density = 'steps' } = search;
  const query = useInfiniteQuery({
    queryKey: ['events', sku, correlation, actor],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      await holdfast.stockEvents.list(sku, { limit: PAGE, ...present({ correlation, actor, cursor: pageParam }) }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <>
      <Curve sku={sku} />
      <Filters
        search={search}
        onChange={(next) => void navigate({ to: '/sku/$sku/timeline', params: { sku }, search: next, replace: true })}
      />
      {query.isPending ? <Loading rows={8} /> : null}
      {query.error === null ? null : <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && events.length === 0 && !query.hasNextPage ? (
        <Empty title={say('timeline.none')}>{say('timeline.noneText')}</Empty>
      ) : null}
      {events.length === 0 ? null : (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label={say('sku.timeline')}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col" className={styles['number']}>
                  {say('timeline.revision')}
                </th>
                <th scope="col">{say('timeline.recorded')}</th>
                <th scope="col">{say('timeline.event')}</th>
              </tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <EventRow key={event.eventId} sku={sku} event={event} density={density} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {query.hasNextPage ? (
        <div>
          <Button isDisabled={query.isFetching} onPress={() => void query.fetchNextPage()}>
            {say('timeline.older')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
