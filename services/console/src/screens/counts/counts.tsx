import type { QueryOf } from '@holdfast/client';
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
import { ShortId } from '../../ui/line-list.js';
import { Empty, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords, type WordId } from '../../words/words.js';
import { NewCount } from './new-count.js';
import { STATUSES, type Batch } from './status.js';

type Status = NonNullable<QueryOf<'counts.list'>['status']>;
const route = getRouteApi('/counts');
const PAGE = 50;
const REFRESH_MS = 5_000;

function List({ batches }: { readonly batches: readonly Batch[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (batches.length === 0) return <Empty title={say('counts.none')}>{say('counts.noneText')}</Empty>;
  return (
    <Table
      label={say('counts.title')}
      rows={batches}
      keyOf={({ id }) => id}
      columns={[
        {
          head: say('counts.count'),
          cell: ({ id, name }) => (
            <Link to="/counts/$batchId" params={{ batchId: id }}>
              {name ?? <ShortId id={id} />}
            </Link>
          ),
        },
        { head: say('reservations.status'), cell: ({ status }) => say(`counts.status.${status}` as WordId) },
        { head: say('explain.location'), cell: ({ locationId }) => locationId },
        { head: say('counts.counted'), isNumber: true, cell: ({ counted, lineCount }) => `${units(counted)} / ${units(lineCount)}` },
        {
          head: say('counts.outOfTolerance'),
          isNumber: true,
          cell: ({ outOfTolerance }) => units(outOfTolerance),
        },
        { head: say('counts.assignedTo'), cell: ({ assignedTo }) => assignedTo },
        { head: say('transfers.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
      ]}
    />
  );
}

/** Batches of cycle counts, newest first. */
export function Counts(): ReactNode {
  const { say } = useWords();
  const { status, location } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay('inventory.cyclecount');
  const locations = useLocations();
  const [page, setPage] = useState(1);
  const [isNew, setNew] = useState(false);
  const change = (part: { status?: string; location?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const query = useQuery({
    queryKey: ['counts', status, location, page],
    queryFn: async () =>
      await holdfast.counts.list({ page, limit: PAGE, ...present({ status: status as Status | undefined, locationId: location }) }),
    enabled: may,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const all = { value: '', text: say('filter.all') };
  return (
    <div className={layout['page']}>
      <h1>{say('counts.title')}</h1>
      <div className={layout['tools']}>
        <Select
          label={say('reservations.status')}
          value={status ?? ''}
          options={[all, ...STATUSES.map((value) => ({ value, text: say(`counts.status.${value}`) }))]}
          onChange={(value) => change({ status: value })}
        />
        <Select
          label={say('explain.location')}
          value={location ?? ''}
          options={[all, ...locations.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(value) => change({ location: value })}
        />
        <Button look="primary" isDisabled={!may} onPress={() => setNew(true)}>
          {say('counts.new')}
        </Button>
      </div>
      <Region needs="inventory.cyclecount" query={query}>
        {({ batches, pagination }) => (
          <>
            <ListTools name="counts" path="/api/inventory/cycle-count" parameters={{ status, locationId: location }}>
              <List batches={batches} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {isNew ? <NewCount onClose={() => setNew(false)} /> : null}
    </div>
  );
}
