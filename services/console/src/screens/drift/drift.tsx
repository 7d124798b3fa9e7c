import type { ItemOf, QueryOf } from '@holdfast/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useChannels } from '../../app/channels.js';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Select } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Empty, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { Conflicts } from './conflicts.js';

type Drift = ItemOf<'drift.list', 'drift'>;
type Kind = NonNullable<QueryOf<'drift.list'>['class']>;
const route = getRouteApi('/drift');
const KINDS: readonly Kind[] = ['late', 'lost', 'doubled', 'foreign_edit', 'unmapped', 'vendor_lag'];
const PAGE = 50;
const REFRESH_MS = 5_000;

function List({ drift }: { readonly drift: readonly Drift[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (drift.length === 0) return <Empty title={say('drift.none')}>{say('drift.noneText')}</Empty>;
  return (
    <Table
      label={say('drift.title')}
      rows={drift}
      keyOf={({ channelId, listingId, detectedAt }) => `${channelId}|${listingId}|${detectedAt}`}
      columns={[
        { head: say('drift.since'), cell: ({ detectedAt }) => <When at={detectedAt} /> },
        { head: say('channels.channel'), cell: ({ channelId }) => channelId },
        {
          head: say('mappings.sku'),
          cell: ({ sku, listingId }) => (
            <>
              <Link to="/sku/$sku" params={{ sku }}>
                {sku}
              </Link>
              <div className={layout['soft']}>{listingId}</div>
            </>
          ),
        },
        { head: say('drift.kind'), cell: ({ class: kind }) => say(`drift.kind.${kind}`) },
        { head: say('drift.ours'), isNumber: true, cell: ({ expected }) => (expected === null ? '–' : units(expected)) },
        { head: say('drift.theirs'), isNumber: true, cell: ({ observed }) => (observed === null ? '–' : units(observed)) },
        {
          head: say('drift.end'),
          cell: ({ resolvedAt, resolution, resolvedBy }) =>
            resolvedAt === null ? (
              <span className={layout['warn']}>! {say('drift.open')}</span>
            ) : (
              <>
                <When at={resolvedAt} />
                <div className={layout['soft']}>{[resolution, resolvedBy].filter((part) => part !== null).join(' · ')}</div>
              </>
            ),
        },
      ]}
    />
  );
}

/** Where channels show something else than they should, and the conflicts that wait for a person. */
export function DriftPage(): ReactNode {
  const { say } = useWords();
  const { channel, kind, show } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay('channels.read');
  const channels = useChannels();
  const [page, setPage] = useState(1);
  const change = (part: { channel?: string; kind?: string; show?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const query = useQuery({
    queryKey: ['drift', channel, kind, show, page],
    queryFn: async () =>
      await holdfast.drift.list({
        page,
        limit: PAGE,
        ...(show === 'all' ? {} : { open: true }),
        ...present({ channelId: channel, class: kind as Kind | undefined }),
      }),
    enabled: may,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('drift.title')}</h1>
      <div className={layout['tools']}>
        <Select
          label={say('channels.channel')}
          value={channel ?? ''}
          options={[{ value: '', text: say('filter.all') }, ...channels.map(({ channelId, name }) => ({ value: channelId, text: name }))]}
          onChange={(value) => change({ channel: value })}
        />
        <Select
          label={say('drift.kind')}
          value={kind ?? ''}
          options={[{ value: '', text: say('filter.all') }, ...KINDS.map((value) => ({ value, text: say(`drift.kind.${value}`) }))]}
          onChange={(value) => change({ kind: value })}
        />
        <Select
          label={say('drift.show')}
          value={show ?? ''}
          options={[
            { value: '', text: say('drift.open') },
            { value: 'all', text: say('drift.all') },
          ]}
          onChange={(value) => change({ show: value })}
        />
      </div>
      <Conflicts channelId={channel} />
      <Region needs="channels.read" query={query}>
        {({ drift, pagination }) => (
          <>
            <List drift={drift} />
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
    </div>
  );
}
