import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { reserveCommand } from '../../app/commands.js';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { LineList } from '../../ui/line-list.js';
import { ListTools } from '../../ui/list-tools.js';
import { Empty, Failed, Loading, NoPermission } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useWords } from '../../words/words.js';
import { STATUSES, type ReservationsSearch } from './search.js';
import { TimeLeft } from './time-left.js';

const route = getRouteApi('/reservations');
const PAGE = 50;
const OPEN = ['pending', 'waiting', 'held'];

function Filters({ search }: { readonly search: ReservationsSearch }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const change = (part: { readonly [Name in keyof ReservationsSearch]?: string }): void =>
    void navigate({ to: '/reservations', search: present({ ...search, ...part }) as ReservationsSearch, replace: true });
  return (
    <div className={layout['tools']}>
      <Select
        label={say('reservations.status')}
        value={search.status ?? ''}
        options={[{ value: '', text: say('reservations.all') }, ...STATUSES.map((value) => ({ value, text: say(`reservation.${value}`) }))]}
        onChange={(status) => change({ status })}
      />
      <TextField label={say('reservations.order')} kind="search" value={search.order ?? ''} onChange={(order) => change({ order })} />
      <TextField label="SKU" kind="search" value={search.sku ?? ''} onChange={(sku) => change({ sku })} />
    </div>
  );
}

function List({ search }: { readonly search: ReservationsSearch }): ReactNode {
  const { say } = useWords();
  const { status, sku, order } = search;
  const query = useInfiniteQuery({
    queryKey: ['reservations', search],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      await holdfast.reservations.list({ limit: PAGE, ...present({ status, sku, orderId: order, cursor: pageParam }) }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.pages.flatMap((page) => page.reservations) ?? [];
  if (query.isPending) return <Loading rows={8} />;
  if (query.data === undefined) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0 && !query.hasNextPage)
    return Object.keys(search).length === 0 ? (
      <Empty title={say('reservations.none')} command={reserveCommand(window.location.origin, 'TENT-2P')}>
        <p>{say('reservations.noneText')}</p>
      </Empty>
    ) : (
      <Empty title={say('matrix.noMatch')} />
    );
  return (
    <>
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ListTools name="reservations" path="/v1/reservations" parameters={{ status, sku, orderId: order }}>
        <Table
          label={say('reservations.title')}
          rows={rows}
          keyOf={({ reservationId }) => reservationId}
          columns={[
            {
              head: say('reservations.order'),
              cell: ({ reservationId, orderId }) => (
                <Link to="/reservations/$reservationId" params={{ reservationId }}>
                  {orderId}
                </Link>
              ),
            },
            { head: say('reservations.status'), cell: (row) => say(`reservation.${row.status}`) },
            {
              head: say('reservations.expires'),
              cell: (row) => (OPEN.includes(row.status) ? <TimeLeft until={row.expiresAt} /> : null),
            },
            { head: say('reservations.lines'), cell: ({ lines }) => <LineList lines={lines} /> },
            { head: say('reserve.channel'), cell: ({ channelId }) => channelId },
            { head: say('reservations.made'), cell: ({ createdAt }) => <When at={createdAt} /> },
          ]}
        />
      </ListTools>
      {query.hasNextPage ? (
        <div>
          <Button isDisabled={query.isFetching} onPress={() => void query.fetchNextPage()}>
            {say('reservations.more')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** Holds and what became of them, newest first. */
export function Reservations(): ReactNode {
  const { say } = useWords();
  const search = route.useSearch();
  const may = useMay('reservations.read');
  return (
    <div className={layout['page']}>
      <h1>{say('reservations.title')}</h1>
      {may ? (
        <>
          <Filters search={search} />
          <List search={search} />
        </>
      ) : (
        <NoPermission permission="reservations.read" />
      )}
    </div>
  );
}
