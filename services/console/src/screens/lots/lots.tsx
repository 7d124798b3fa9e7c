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
import { Region } from '../../ui/states.js';
import { Pager } from '../../ui/table.js';
import { useWords } from '../../words/words.js';
import { ConsumeLot } from './consume-lot.js';
import { CorrectLots } from './correct-lots.js';
import { DestroyLot } from './destroy-lot.js';
import { ExpireLot } from './expire-lot.js';
import { LotTable, type ExpiringLot, type LotAct } from './lot-table.js';

const route = getRouteApi('/lots');
const PAGE = 50;
/** Days ahead, unless somebody says otherwise. */
const DAYS = '30';
const STATUSES = ['expired', 'expiring'] as const;

/** Lots that are expired or will be, soonest first, and what is done with them. */
export function Lots(): ReactNode {
  const { say } = useWords();
  const { status, location, sku, withinDays = DAYS } = route.useSearch();
  const navigate = route.useNavigate();
  const [mayRead, mayWrite, mayCorrect] = [useMay('inventory.read'), useMay('inventory.write'), useMay('inventory.adjust')];
  const locations = useLocations();
  const [page, setPage] = useState(1);
  const [acting, setActing] = useState<{ readonly lot: ExpiringLot; readonly how: LotAct }>();
  const [isCorrecting, setCorrecting] = useState(false);
  const change = (part: { status?: string; location?: string; sku?: string; withinDays?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const wanted = present({
    status: STATUSES.find((each) => each === status),
    locationId: location,
    sku,
    withinDays: status === 'expired' ? undefined : Number(withinDays),
  });
  const query = useQuery({
    queryKey: ['lots', wanted, page],
    queryFn: async () => await holdfast.lots.expired({ page, limit: PAGE, ...wanted }),
    enabled: mayRead,
    placeholderData: keepPreviousData,
  });
  const all = { value: '', text: say('filter.all') };
  const close = (): void => setActing(undefined);
  return (
    <div className={layout['page']}>
      <h1>{say('lots.title')}</h1>
      <div className={layout['tools']}>
        <TextField label="SKU" kind="search" value={sku ?? ''} onChange={(value) => change({ sku: value })} />
        <Select
          label={say('reservations.status')}
          value={status ?? ''}
          options={[all, ...STATUSES.map((value) => ({ value, text: say(`lots.status.${value}`) }))]}
          onChange={(value) => change({ status: value })}
        />
        <Select
          label={say('explain.location')}
          value={location ?? ''}
          options={[all, ...locations.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(value) => change({ location: value })}
        />
        {status === 'expired' ? null : (
          <TextField
            label={say('lots.withinDays')}
            kind="number"
            step={1}
            value={withinDays}
            onChange={(value) => change({ withinDays: value })}
          />
        )}
        <Button look="primary" isDisabled={!mayCorrect} onPress={() => setCorrecting(true)}>
          {say('lots.correct')}
        </Button>
      </div>
      <Region needs="inventory.read" query={query}>
        {({ expired, pagination }) => (
          <>
            <ListTools
              name="lots"
              path="/api/inventory/expired"
              parameters={{ status, locationId: location, sku, withinDays: status === 'expired' ? undefined : withinDays }}
            >
              <LotTable lots={expired} onAct={mayWrite ? (lot, how) => setActing({ lot, how }) : undefined} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {acting?.how === 'expire' ? <ExpireLot lot={acting.lot} onClose={close} /> : null}
      {acting?.how === 'consume' ? <ConsumeLot lot={acting.lot} onClose={close} /> : null}
      {acting?.how === 'destroy' ? <DestroyLot lot={acting.lot} onClose={close} /> : null}
      {isCorrecting ? <CorrectLots sku={sku} onClose={() => setCorrecting(false)} /> : null}
    </div>
  );
}
