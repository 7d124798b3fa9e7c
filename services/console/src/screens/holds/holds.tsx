import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { ListTools } from '../../ui/list-tools.js';
import { NeedsPermission, Region } from '../../ui/states.js';
import { Pager } from '../../ui/table.js';
import { useWords } from '../../words/words.js';
import { HOLD_STATUSES, HOLD_TYPES, type Hold, type HoldStatus, type HoldType } from './kinds.js';
import { HoldTable } from './hold-table.js';
import { PlaceHold } from './place-hold.js';
import { ReleaseHold } from './release-hold.js';

const route = getRouteApi('/holds');
const PAGE = 50;

/** Units that may not leave, newest first. */
export function Holds(): ReactNode {
  const { say } = useWords();
  const { status, type, location, sku } = route.useSearch();
  const navigate = route.useNavigate();
  const [mayRead, mayWrite] = [useMay('inventory.read'), useMay('inventory.write')];
  const locations = useLocations();
  const [page, setPage] = useState(1);
  const [isNew, setNew] = useState(false);
  const [releasing, setReleasing] = useState<Hold>();
  const change = (part: { status?: string; type?: string; location?: string; sku?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const query = useQuery({
    queryKey: ['holds', status, type, location, sku, page],
    queryFn: async () =>
      await holdfast.holds.list({
        page,
        limit: PAGE,
        ...present({ status: status as HoldStatus | undefined, type: type as HoldType | undefined, locationId: location, sku }),
      }),
    enabled: mayRead,
    placeholderData: keepPreviousData,
  });
  const all = { value: '', text: say('filter.all') };
  return (
    <div className={layout['page']}>
      <h1>{say('holds.title')}</h1>
      <div className={layout['tools']}>
        <TextField label="SKU" kind="search" value={sku ?? ''} onChange={(value) => change({ sku: value })} />
        <Select
          label={say('reservations.status')}
          value={status ?? ''}
          options={[all, ...HOLD_STATUSES.map((value) => ({ value, text: say(`holds.status.${value}`) }))]}
          onChange={(value) => change({ status: value })}
        />
        <Select
          label={say('holds.type')}
          value={type ?? ''}
          options={[all, ...HOLD_TYPES.map((value) => ({ value, text: say(`holds.type.${value}`) }))]}
          onChange={(value) => change({ type: value })}
        />
        <Select
          label={say('explain.location')}
          value={location ?? ''}
          options={[all, ...locations.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(value) => change({ location: value })}
        />
        <Button look="primary" isDisabled={!mayWrite} onPress={() => setNew(true)}>
          {say('holds.new')}
        </Button>
        {mayRead && !mayWrite ? <NeedsPermission permission="inventory.write" /> : null}
      </div>
      <Region needs="inventory.read" query={query}>
        {({ holds, pagination }) => (
          <>
            <ListTools name="holds" path="/api/inventory/holds" parameters={{ status, type, locationId: location, sku }}>
              <HoldTable holds={holds} onRelease={mayWrite ? setReleasing : undefined} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {isNew ? <PlaceHold sku={sku} onClose={() => setNew(false)} /> : null}
      {releasing === undefined ? null : <ReleaseHold hold={releasing} onClose={() => setReleasing(undefined)} />}
    </div>
  );
}
