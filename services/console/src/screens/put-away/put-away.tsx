import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Select } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { ListTools } from '../../ui/list-tools.js';
import { Region } from '../../ui/states.js';
import { Pager } from '../../ui/table.js';
import { useWords } from '../../words/words.js';
import { NewTask } from './new-task.js';
import { STATUSES, type Status } from './status.js';
import { Tasks } from './tasks.js';

const route = getRouteApi('/put-away');
const PAGE = 50;
const REFRESH_MS = 5_000;

/** Units on their way into bins, newest first. */
export function PutAway(): ReactNode {
  const { say } = useWords();
  const { status, location, sku } = route.useSearch();
  const navigate = route.useNavigate();
  const [mayRead, mayWrite] = [useMay('inventory.read'), useMay('inventory.write')];
  const locations = useLocations();
  const [page, setPage] = useState(1);
  const [isNew, setNew] = useState(false);
  const change = (part: { status?: string; location?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const wanted = present({ status: status as Status | undefined, locationId: location, sku });
  const query = useQuery({
    queryKey: ['put-away', wanted, page],
    queryFn: async () => await holdfast.putAway.list({ page, limit: PAGE, ...wanted }),
    enabled: mayRead,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const all = { value: '', text: say('filter.all') };
  return (
    <div className={layout['page']}>
      <h1>{say('putAway.title')}</h1>
      <div className={layout['tools']}>
        <Select
          label={say('reservations.status')}
          value={status ?? ''}
          options={[all, ...STATUSES.map((value) => ({ value, text: say(`putAway.status.${value}`) }))]}
          onChange={(value) => change({ status: value })}
        />
        <Select
          label={say('explain.location')}
          value={location ?? ''}
          options={[all, ...locations.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(value) => change({ location: value })}
        />
        <Button look="primary" isDisabled={!mayWrite} onPress={() => setNew(true)}>
          {say('putAway.new')}
        </Button>
      </div>
      <Region needs="inventory.read" query={query}>
        {({ tasks, pagination }) => (
          <>
            <ListTools name="put-away" path="/api/inventory/put-away" parameters={{ status, locationId: location, sku }}>
              <Tasks tasks={tasks} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {isNew ? <NewTask onClose={() => setNew(false)} /> : null}
    </div>
  );
}
