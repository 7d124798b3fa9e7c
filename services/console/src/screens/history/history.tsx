import type { ItemOf, QueryOf } from '@holdfast/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useChannels } from '../../app/channels.js';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { ListTools } from '../../ui/list-tools.js';
import { Empty, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

type Row = ItemOf<'syncHistory.list', 'history'>;
type Operation = NonNullable<QueryOf<'syncHistory.list'>['operation']>;
const route = getRouteApi('/history');
const OPERATIONS: readonly Operation[] = ['inventory_push', 'inventory_conflict', 'mapping_missing', 'inventory_update'];
const LOOKS = { ok: ['good', '✓'], error: ['bad', '✗'], skipped: ['warn', '–'] } as const;
const PAGE = 50;

function Outcome({ row: { outcome, detail, occurrences } }: { readonly row: Row }): ReactNode {
  const { say } = useWords();
  const [look, glyph] = LOOKS[outcome];
  return (
    <>
      <span className={layout[look]}>
        {glyph} {say(`history.outcome.${outcome}`)}
      </span>
      {occurrences > 1 ? ` × ${String(occurrences)}` : null}
      {detail === null ? null : <div className={layout['soft']}>{detail}</div>}
    </>
  );
}

function List({ rows }: { readonly rows: readonly Row[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (rows.length === 0) return <Empty title={say('history.none')}>{say('history.noneText')}</Empty>;
  return (
    <Table
      label={say('history.title')}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { head: say('history.at'), cell: ({ at }) => <When at={at} /> },
        { head: say('history.operation'), cell: ({ operation }) => say(`history.operation.${operation}`) },
        { head: say('channels.channel'), cell: ({ channelId }) => channelId },
        {
          head: say('mappings.sku'),
          cell: ({ sku, listingId }) =>
            sku === null ? null : (
              <>
                <Link to="/sku/$sku" params={{ sku }}>
                  {sku}
                </Link>
                <div className={layout['soft']}>{listingId}</div>
              </>
            ),
        },
        { head: say('mappings.told'), isNumber: true, cell: ({ quantity }) => (quantity === null ? '–' : units(quantity)) },
        { head: say('history.outcome'), cell: (row) => <Outcome row={row} /> },
        { head: say('timeline.actor'), cell: ({ actor }) => actor },
      ]}
    />
  );
}

/** What was told to channels, skipped or decided, newest first. */
export function History(): ReactNode {
  const { say } = useWords();
  const { channel, operation, sku } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay('channels.read');
  const channels = useChannels();
  const [page, setPage] = useState(1);
  const change = (part: { channel?: string; operation?: string; sku?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const query = useQuery({
    queryKey: ['history', channel, operation, sku, page],
    queryFn: async () =>
      await holdfast.syncHistory.list({
        page,
        limit: PAGE,
        ...present({ channelId: channel, operation: operation as Operation | undefined, sku }),
      }),
    enabled: may,
    placeholderData: keepPreviousData,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('history.title')}</h1>
      <div className={layout['tools']}>
        <TextField label={say('mappings.search')} kind="search" value={sku ?? ''} onChange={(value) => change({ sku: value })} />
        <Select
          label={say('channels.channel')}
          value={channel ?? ''}
          options={[{ value: '', text: say('filter.all') }, ...channels.map(({ channelId, name }) => ({ value: channelId, text: name }))]}
          onChange={(value) => change({ channel: value })}
        />
        <Select
          label={say('history.operation')}
          value={operation ?? ''}
          options={[
            { value: '', text: say('filter.all') },
            ...OPERATIONS.map((value) => ({ value, text: say(`history.operation.${value}`) })),
          ]}
          onChange={(value) => change({ operation: value })}
        />
      </div>
      <Region needs="channels.read" query={query}>
        {({ history, pagination }) => (
          <>
            <ListTools name="sync-history" path="/sales-channel/sync/history" parameters={{ channelId: channel, operation, sku }}>
              <List rows={history} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
    </div>
  );
}
