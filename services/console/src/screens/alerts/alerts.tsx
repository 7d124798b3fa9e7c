import type { ItemOf, QueryOf } from '@holdfast/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Select } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { ListTools } from '../../ui/list-tools.js';
import { Empty, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { AlertActions } from './alert-actions.js';
import { AlertRules } from './alert-rules.js';
import { Mutes } from './mutes.js';
import { Webhooks } from './webhooks.js';

type Alert = ItemOf<'alerts.list', 'alerts'>;
type Type = NonNullable<QueryOf<'alerts.list'>['type']>;
const route = getRouteApi('/alerts');
const TYPES: readonly Type[] = [
  'low_stock',
  'stock_out',
  'back_in_stock',
  'recovered',
  'oversell_risk',
  'promise_uncovered',
  'sync_failing',
  'sync_recovered',
  'drift',
  'drift_recovered',
  'erp_silent',
  'erp_recovered',
  'expiring_soon',
  'expired_stock',
  'lot_discrepancy',
  'count_overdue',
  'put_away_overdue',
  'request_waiting',
  'request_reservation_lost',
  'replenishment_failed',
];
const PAGE = 50;
const REFRESH_MS = 5_000;
const isOver = (type: Type): boolean => type.endsWith('recovered') || type === 'back_in_stock';

/** The thing an alert is about, as a link to the screen that explains it. */
function About({ alert: { sku, channelId, connectionId, subject } }: { readonly alert: Alert }): ReactNode {
  if (sku !== null)
    return (
      <Link to="/sku/$sku" params={{ sku }}>
        {sku}
      </Link>
    );
  if (channelId !== null)
    return (
      <Link to="/channels/$channelId" params={{ channelId }}>
        {channelId}
      </Link>
    );
  if (connectionId !== null)
    return (
      <Link to="/erp/$connectionId" params={{ connectionId }}>
        {connectionId}
      </Link>
    );
  return subject;
}

function List({ alerts }: { readonly alerts: readonly Alert[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (alerts.length === 0) return <Empty title={say('alerts.none')}>{say('alerts.noneText')}</Empty>;
  return (
    <Table
      label={say('alerts.title')}
      rows={alerts}
      keyOf={({ id }) => id}
      columns={[
        { head: say('history.at'), cell: ({ at }) => <When at={at} /> },
        {
          head: say('alerts.alert'),
          cell: ({ type, says }) => (
            <>
              <span className={layout[isOver(type) ? 'good' : 'warn']}>
                {isOver(type) ? '✓' : '!'} {say(`alerts.type.${type}`)}
              </span>
              {says === null ? null : <div className={layout['soft']}>{says}</div>}
            </>
          ),
        },
        { head: say('alerts.about'), cell: (alert) => <About alert={alert} /> },
        { head: say('explain.location'), cell: ({ locationId }) => locationId },
        { head: say('explain.available'), isNumber: true, cell: ({ available }) => (available === null ? '–' : units(available)) },
        { head: say('alerts.threshold'), isNumber: true, cell: ({ threshold }) => (threshold === null ? '–' : units(threshold)) },
        { head: say('channels.actions'), cell: (alert) => <AlertActions alert={alert} /> },
      ]}
    />
  );
}

/** What somebody should look at, newest first, and the addresses that are told of it. */
export function Alerts(): ReactNode {
  const { say } = useWords();
  const { type } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay('alerts.read');
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['alerts', type, page],
    queryFn: async () => await holdfast.alerts.list({ page, limit: PAGE, ...present({ type: type as Type | undefined }) }),
    enabled: may,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('alerts.title')}</h1>
      <div className={layout['tools']}>
        <Select
          label={say('alerts.alert')}
          value={type ?? ''}
          options={[{ value: '', text: say('filter.all') }, ...TYPES.map((value) => ({ value, text: say(`alerts.type.${value}`) }))]}
          onChange={(value) => {
            setPage(1);
            void navigate({ search: present({ type: value }), replace: true });
          }}
        />
      </div>
      <Region needs="alerts.read" query={query}>
        {({ alerts, pagination }) => (
          <>
            <ListTools name="alerts" path="/v1/alerts" parameters={{ type }}>
              <List alerts={alerts} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {may ? (
        <>
          <Mutes />
          <AlertRules />
          <Webhooks />
        </>
      ) : null}
    </div>
  );
}
