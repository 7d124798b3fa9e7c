import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Empty, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFaults } from '../../ui/use-faults.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import type { Mapping } from './health.js';

const route = getRouteApi('/channels/$channelId/mappings');
const PAGE = 50;
const FIELDS = ['sku', 'listingId'];
const STATUSES = ['ok', 'stale', 'error', 'conflict'] as const;
type Status = (typeof STATUSES)[number];

/** Maps a SKU to a listing; without a listing the SKU is not offered at the channel. */
function Map({ channelId }: { readonly channelId: string }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [sku, setSku] = useState('');
  const [listingId, setListing] = useState('');
  const map = useMutation({
    mutationFn: async () => {
      const change = await holdfast.mappings.put(channelId, { mappings: [{ sku, listingId: listingId === '' ? null : listingId }] });
      await queries.invalidateQueries({ queryKey: ['mappings', channelId] });
      return change;
    },
    onSuccess: () => {
      setSku('');
      setListing('');
    },
  });
  const { named, other } = useFaults(map.error, FIELDS);
  return (
    <Form
      className={layout['form'] ?? ''}
      validationErrors={named}
      onSubmit={(event) => {
        event.preventDefault();
        map.mutate();
      }}
    >
      <div className={layout['tools']}>
        <TextField label={say('mappings.sku')} name="sku" value={sku} onChange={setSku} isRequired />
        <TextField label={say('mappings.listing')} name="listingId" value={listingId} onChange={setListing} />
        <Button type="submit" isDisabled={map.isPending}>
          {say('mappings.map')}
        </Button>
        {map.isSuccess ? <span role="status">✓ {say('actions.saved')}</span> : null}
      </div>
      <p className={layout['soft']}>{say('mappings.mapHint')}</p>
      {other === undefined ? null : (
        <p className={layout['bad']} role="alert">
          {other}
        </p>
      )}
    </Form>
  );
}

function List({ mappings }: { readonly mappings: readonly Mapping[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (mappings.length === 0) return <Empty title={say('mappings.none')}>{say('mappings.noneText')}</Empty>;
  return (
    <Table
      label={say('channels.mappings')}
      rows={mappings}
      keyOf={({ sku, listingId }) => `${sku}|${listingId ?? ''}`}
      columns={[
        {
          head: say('mappings.sku'),
          cell: ({ sku }) => (
            <Link to="/sku/$sku" params={{ sku }}>
              {sku}
            </Link>
          ),
        },
        {
          head: say('mappings.listing'),
          cell: ({ listingId }) => (listingId === null ? say('mappings.skipped') : <code>{listingId}</code>),
        },
        { head: say('mappings.told'), isNumber: true, cell: ({ quantity }) => (quantity === null ? '–' : units(quantity)) },
        { head: say('mappings.toldAt'), cell: ({ lastSync }) => <When at={lastSync} /> },
        {
          head: say('mappings.status'),
          cell: ({ status, error }) => (
            <span className={layout[status === 'ok' ? 'good' : status === 'stale' ? 'warn' : 'bad']}>
              {say(`mappings.status.${status}`)} {error}
            </span>
          ),
        },
      ]}
    />
  );
}

/** Which listing of the channel each SKU is, and what was told of it when. */
export function Mappings(): ReactNode {
  const { say } = useWords();
  const { channelId } = route.useParams();
  const mayWrite = useMay('channels.write');
  const [status, setStatus] = useState('');
  const [sku, setSku] = useState('');
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['mappings', channelId, status, sku, page],
    queryFn: async () => await holdfast.mappings.list(channelId, { page, limit: PAGE, ...present({ status: status as Status, sku }) }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={layout['page']}>
      {mayWrite ? <Map channelId={channelId} /> : null}
      <div className={layout['tools']}>
        <TextField
          label={say('mappings.search')}
          kind="search"
          value={sku}
          onChange={(value) => {
            setSku(value);
            setPage(1);
          }}
        />
        <Select
          label={say('mappings.status')}
          value={status}
          options={[{ value: '', text: say('filter.all') }, ...STATUSES.map((value) => ({ value, text: say(`mappings.status.${value}`) }))]}
          onChange={(value) => {
            setStatus(value);
            setPage(1);
          }}
        />
      </div>
      <Region needs="channels.read" query={query}>
        {({ mappings, pagination }) => (
          <>
            <List mappings={mappings} />
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
    </div>
  );
}
