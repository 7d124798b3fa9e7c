import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { LineList } from '../../ui/line-list.js';
import { ListTools } from '../../ui/list-tools.js';
import { Empty, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useWords } from '../../words/words.js';
import { RequestDialog } from './request-dialog.js';
import { PENDING, PriorityOf, REQUEST_STATUSES, StatusOf, type RequestStatus, type StockRequest } from './status.js';

const route = getRouteApi('/requests');
const PAGE = 50;
const REFRESH_MS = 5_000;
const PATH = '/api/stock-requests';

function List({ requests }: { readonly requests: readonly StockRequest[] }): ReactNode {
  const { say } = useWords();
  if (requests.length === 0) return <Empty title={say('requests.none')}>{say('requests.noneText')}</Empty>;
  return (
    <Table
      label={say('requests.title')}
      rows={requests}
      keyOf={({ id }) => id}
      columns={[
        {
          head: say('requests.request'),
          cell: ({ id, number }) => (
            <Link to="/requests/$requestId" params={{ requestId: id }}>
              {number}
            </Link>
          ),
        },
        { head: say('reservations.status'), cell: ({ status }) => <StatusOf status={status} /> },
        { head: say('transfers.from'), cell: ({ fromLocationId }) => fromLocationId },
        { head: say('transfers.to'), cell: ({ toLocationId }) => toLocationId ?? say('requests.usedUp') },
        {
          head: say('lines.title'),
          cell: ({ lines }) => <LineList lines={lines.map(({ sku, quantityRequested }) => ({ sku, quantity: quantityRequested }))} />,
        },
        { head: say('requests.priority'), cell: ({ priority }) => <PriorityOf priority={priority} /> },
        { head: say('requests.neededBy'), cell: ({ neededBy }) => neededBy ?? '–' },
        { head: say('requests.by'), cell: ({ requestedBy }) => requestedBy },
        { head: say('transfers.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
      ]}
    />
  );
}

/** Requests of stock, newest first, or those that wait for the reader's approval. */
export function Requests(): ReactNode {
  const { say } = useWords();
  const { status, from, to, q } = route.useSearch();
  const navigate = route.useNavigate();
  const [mayRead, mayWrite, mayApprove] = [useMay('stockrequests.read'), useMay('stockrequests.write'), useMay('stockrequests.approve')];
  const locations = useLocations();
  const [page, setPage] = useState(1);
  const [isNew, setNew] = useState(false);
  const change = (part: { status?: string; from?: string; to?: string; q?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const isPending = status === PENDING;
  const filter = { status, fromLocationId: from, toLocationId: to, search: q };
  const query = useQuery({
    queryKey: ['requests', status, from, to, q, page],
    queryFn: async () =>
      isPending
        ? await holdfast.stockRequests.pendingApprovals({ page, limit: PAGE })
        : await holdfast.stockRequests.list({
            page,
            limit: PAGE,
            ...present({ ...filter, status: status as RequestStatus | undefined }),
          }),
    enabled: isPending ? mayApprove : mayRead,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const all = { value: '', text: say('filter.all') };
  const places = [all, ...locations.map(({ id, name }) => ({ value: id, text: name }))];
  return (
    <div className={layout['page']}>
      <h1>{say('requests.title')}</h1>
      <div className={layout['tools']}>
        <Select
          label={say('reservations.status')}
          value={status ?? ''}
          options={[
            all,
            ...(mayApprove ? [{ value: PENDING, text: say('requests.pending') }] : []),
            ...REQUEST_STATUSES.map((value) => ({ value, text: say(`requests.status.${value}`) })),
          ]}
          onChange={(value) => change({ status: value })}
        />
        {isPending ? null : (
          <>
            <TextField label={say('requests.search')} kind="search" value={q ?? ''} onChange={(value) => change({ q: value })} />
            <Select label={say('transfers.from')} value={from ?? ''} options={places} onChange={(value) => change({ from: value })} />
            <Select label={say('transfers.to')} value={to ?? ''} options={places} onChange={(value) => change({ to: value })} />
          </>
        )}
        <Button look="primary" isDisabled={!mayWrite} onPress={() => setNew(true)}>
          {say('requests.new')}
        </Button>
      </div>
      <Region needs={isPending ? 'stockrequests.approve' : 'stockrequests.read'} query={query}>
        {({ requests, pagination }) => (
          <>
            <ListTools name="stock-requests" {...(isPending ? { path: `${PATH}/pending-approvals` } : { path: PATH, parameters: filter })}>
              <List requests={requests} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {isNew ? <RequestDialog onClose={() => setNew(false)} /> : null}
    </div>
  );
}
