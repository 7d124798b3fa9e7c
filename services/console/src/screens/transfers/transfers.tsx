import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Select } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { ListTools } from '../../ui/list-tools.js';
import { LineList, ShortId } from '../../ui/line-list.js';
import { Empty, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { NewTransfer } from './new-transfer.js';
import { STATUSES, StatusOf, unitsOf, type Status, type Transfer } from './status.js';

const route = getRouteApi('/transfers');
const PAGE = 50;
const REFRESH_MS = 5_000;

function List({ transfers }: { readonly transfers: readonly Transfer[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (transfers.length === 0) return <Empty title={say('transfers.none')}>{say('transfers.noneText')}</Empty>;
  return (
    <Table
      label={say('transfers.title')}
      rows={transfers}
      keyOf={({ id }) => id}
      columns={[
        {
          head: say('transfers.transfer'),
          cell: ({ id, reference }) => (
            <Link to="/transfers/$transferId" params={{ transferId: id }}>
              {reference ?? <ShortId id={id} />}
            </Link>
          ),
        },
        { head: say('reservations.status'), cell: ({ status }) => <StatusOf status={status} /> },
        { head: say('transfers.from'), cell: ({ fromLocationId }) => fromLocationId },
        { head: say('transfers.to'), cell: ({ toLocationId }) => toLocationId },
        { head: say('lines.title'), cell: ({ lines }) => <LineList lines={lines} /> },
        { head: say('transfers.inTransit'), isNumber: true, cell: (transfer) => units(unitsOf(transfer, 'inTransit')) },
        { head: say('transfers.received'), isNumber: true, cell: (transfer) => units(unitsOf(transfer, 'received')) },
        { head: say('transfers.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
      ]}
    />
  );
}

/** Stock on its way from one location to another, newest first. */
export function Transfers(): ReactNode {
  const { say } = useWords();
  const { status, location } = route.useSearch();
  const navigate = route.useNavigate();
  const [mayRead, mayWrite] = [useMay('transfers.read'), useMay('transfers.write')];
  const locations = useLocations();
  const [page, setPage] = useState(1);
  const [isNew, setNew] = useState(false);
  const change = (part: { status?: string; location?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const query = useQuery({
    queryKey: ['transfers', status, location, page],
    queryFn: async () =>
      await holdfast.transfers.list({ page, limit: PAGE, ...present({ status: status as Status | undefined, locationId: location }) }),
    enabled: mayRead,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const all = { value: '', text: say('filter.all') };
  return (
    <div className={layout['page']}>
      <h1>{say('transfers.title')}</h1>
      <div className={layout['tools']}>
        <Select
          label={say('reservations.status')}
          value={status ?? ''}
          options={[all, ...STATUSES.map((value) => ({ value, text: say(`transfers.status.${value}`) }))]}
          onChange={(value) => change({ status: value })}
        />
        <Select
          label={say('explain.location')}
          value={location ?? ''}
          options={[all, ...locations.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(value) => change({ location: value })}
        />
        <Button look="primary" isDisabled={!mayWrite} onPress={() => setNew(true)}>
          {say('transfers.new')}
        </Button>
      </div>
      <Region needs="transfers.read" query={query}>
        {({ transfers, pagination }) => (
          <>
            <ListTools name="transfers" path="/api/inventory/transfers" parameters={{ status, locationId: location }}>
              <List transfers={transfers} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {isNew ? <NewTransfer onClose={() => setNew(false)} /> : null}
    </div>
  );
}
