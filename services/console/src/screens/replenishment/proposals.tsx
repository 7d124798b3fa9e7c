import type { ItemOf } from '@holdfast/client';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { ListTools } from '../../ui/list-tools.js';
import { Empty, Failed, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

type Proposal = ItemOf<'rebalancing.proposals', 'proposals'>;
type Status = Proposal['status'];

const STATUSES: readonly Status[] = ['proposed', 'approved', 'ordered', 'received', 'rejected', 'superseded', 'cancelled'];

const route = getRouteApi('/replenishment/rebalancing');
const PAGE = 50;
const REFRESH_MS = 5_000;

/** Days of cover before and after; a location where nothing is used has none. */
function Cover({ side }: { readonly side: Pick<Proposal['because']['source'], 'coverBefore' | 'coverAfter'> }): ReactNode {
  const { units } = useFormats();
  const days = (cover: number | null): string => (cover === null ? '–' : units(cover));
  return (
    <>
      {days(side.coverBefore)} → {days(side.coverAfter)}
    </>
  );
}

function Decide({ proposal }: { readonly proposal: Proposal }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const mayWrite = useMay('replenishment.write');
  const { id, sku, status, transferId } = proposal;
  const { idempotencyKey, settled } = useIntentKey();
  const decide = useMutation({
    mutationFn: async (action: 'approve' | 'reject') => {
      await holdfast.rebalancing.propose({ id: id ?? '', action }, { idempotencyKey });
      await queries.invalidateQueries({ queryKey: ['rebalancing'] });
    },
    onSettled: (_, error) => settled(error),
  });
  if (transferId !== null) {
    return (
      <Link to="/transfers/$transferId" params={{ transferId }}>
        {say('transfers.transfer')}
      </Link>
    );
  }
  if (status !== 'proposed' || !mayWrite) return null;
  return (
    <>
      <div className={layout['tools']}>
        <Button
          look="primary"
          aria-label={say('rebalancing.approveOf', { sku })}
          isDisabled={decide.isPending}
          onPress={() => decide.mutate('approve')}
        >
          {say('rebalancing.approve')}
        </Button>
        <Button aria-label={say('rebalancing.rejectOf', { sku })} isDisabled={decide.isPending} onPress={() => decide.mutate('reject')}>
          {say('rebalancing.reject')}
        </Button>
      </div>
      {decide.error === null ? null : <Failed error={decide.error} />}
    </>
  );
}

function List({ proposals }: { readonly proposals: readonly Proposal[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (proposals.length === 0) return <Empty title={say('rebalancing.none')}>{say('rebalancing.noneText')}</Empty>;
  return (
    <Table
      label={say('rebalancing.title')}
      rows={proposals}
      keyOf={({ id, sku, fromLocationId, toLocationId }) => id ?? `${sku}|${fromLocationId}|${toLocationId}`}
      columns={[
        {
          head: 'SKU',
          cell: ({ sku }) => (
            <Link to="/sku/$sku" params={{ sku }}>
              {sku}
            </Link>
          ),
        },
        { head: say('transfers.from'), cell: ({ fromLocationId }) => fromLocationId },
        { head: say('transfers.to'), cell: ({ toLocationId }) => toLocationId },
        { head: say('rebalancing.quantity'), isNumber: true, cell: ({ quantity }) => units(quantity) },
        { head: say('rebalancing.because'), cell: ({ because }) => say(`rebalancing.code.${because.code}`) },
        { head: say('rebalancing.coverFrom'), isNumber: true, cell: ({ because }) => <Cover side={because.source} /> },
        { head: say('rebalancing.coverTo'), isNumber: true, cell: ({ because }) => <Cover side={because.destination} /> },
        { head: say('rebalancing.cost'), isNumber: true, cell: ({ because }) => units(because.costMinor / 100) },
        { head: say('reservations.status'), cell: ({ status }) => say(`rebalancing.status.${status}`) },
        { head: say('rebalancing.decision'), cell: (proposal) => <Decide proposal={proposal} /> },
      ]}
    />
  );
}

/** Moves between locations that policies propose, newest first, with what each changes. */
export function Proposals(): ReactNode {
  const { say } = useWords();
  const { status, location, sku } = route.useSearch();
  const navigate = route.useNavigate();
  const mayRead = useMay('replenishment.read');
  const locations = useLocations();
  const [page, setPage] = useState(1);
  const change = (part: { status?: string; location?: string; sku?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const query = useQuery({
    queryKey: ['rebalancing', status, location, sku, page],
    queryFn: async () =>
      await holdfast.rebalancing.proposals({
        page,
        limit: PAGE,
        ...present({ status: status as Status | undefined, locationId: location, sku }),
      }),
    enabled: mayRead,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const all = { value: '', text: say('filter.all') };
  return (
    <>
      <div className={layout['tools']}>
        <TextField label="SKU" kind="search" value={sku ?? ''} onChange={(value) => change({ sku: value })} />
        <Select
          label={say('reservations.status')}
          value={status ?? ''}
          options={[all, ...STATUSES.map((value) => ({ value, text: say(`rebalancing.status.${value}`) }))]}
          onChange={(value) => change({ status: value })}
        />
        <Select
          label={say('explain.location')}
          value={location ?? ''}
          options={[all, ...locations.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(value) => change({ location: value })}
        />
      </div>
      <Region needs="replenishment.read" query={query}>
        {({ proposals, pagination }) => (
          <>
            <ListTools name="rebalancing" path="/v1/inventory/rebalancing/proposals" parameters={{ status, locationId: location, sku }}>
              <List proposals={proposals} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
    </>
  );
}
