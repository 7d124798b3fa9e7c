import type { ItemOf } from '@holdfast/client';
import { useMutation, useQuery, useQueryClient, keepPreviousData } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Empty, Failed, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

type Listing = ItemOf<'discoveries.get', 'listings'>;
const route = getRouteApi('/channels/$channelId/discovery');
const PAGE = 50;
const POLL_MS = 400;

function Proposals({ listings }: { readonly listings: readonly Listing[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  return (
    <Table
      label={say('discovery.proposals')}
      rows={listings}
      keyOf={({ listingId }) => listingId}
      columns={[
        { head: say('mappings.listing'), cell: ({ listingId }) => <code>{listingId}</code> },
        {
          head: say('discovery.theirs'),
          cell: ({ title, channelSku, barcode }) => [title, channelSku, barcode].filter(Boolean).join(' · '),
        },
        { head: say('mappings.sku'), cell: ({ sku }) => <strong>{sku ?? '–'}</strong> },
        {
          head: say('discovery.match'),
          cell: ({ match, says }) => (
            <>
              {say(`discovery.match.${match}`)}
              {says === null ? null : <div className={layout['soft']}>{says}</div>}
            </>
          ),
        },
        { head: say('discovery.quantity'), isNumber: true, cell: ({ quantity }) => (quantity === null ? '–' : units(quantity)) },
      ]}
    />
  );
}

/** Reads what the channel offers, and proposes which SKU each listing is; nothing is mapped before it is accepted. */
export function Discovery(): ReactNode {
  const { say } = useWords();
  const { channelId } = route.useParams();
  const { run: discoveryId } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const mayWrite = useMay('channels.write');
  const [page, setPage] = useState(1);
  const start = useMutation({
    mutationFn: async () => await holdfast.discoveries.start(channelId),
    onSuccess: ({ discoveryId: run }) => void navigate({ search: { run }, replace: true }),
  });
  const query = useQuery({
    queryKey: ['discovery', channelId, discoveryId, page],
    queryFn: async () => await holdfast.discoveries.get(channelId, discoveryId ?? '', { page, limit: PAGE }),
    enabled: discoveryId !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? POLL_MS : false),
  });
  const accept = useMutation({
    mutationFn: async () => {
      const change = await holdfast.discoveries.accept(channelId, discoveryId ?? '', {});
      await queries.invalidateQueries({ queryKey: ['mappings', channelId] });
      return change;
    },
  });
  const error = start.error ?? accept.error;
  return (
    <div className={layout['page']}>
      <p>{say('discovery.text')}</p>
      <div className={layout['tools']}>
        <Button look="primary" isDisabled={!mayWrite || start.isPending || query.data?.status === 'running'} onPress={() => start.mutate()}>
          {say('discovery.start')}
        </Button>
        {query.data?.status === 'done' ? (
          <Button isDisabled={!mayWrite || accept.isPending} onPress={() => accept.mutate()}>
            {say('discovery.accept')}
          </Button>
        ) : null}
        {accept.isSuccess ? <span role="status">✓ {say('discovery.mapped', { count: accept.data.mapped })}</span> : null}
      </div>
      {error === null ? null : <Failed error={error} />}
      {discoveryId === undefined ? (
        <Empty title={say('discovery.none')} />
      ) : (
        <Region needs="channels.read" query={query}>
          {({ status, error: fault, progress, listings, pagination }) => (
            <div className={layout['page']}>
              <p role="status">
                {say(`discovery.status.${status}`)} · {say('discovery.found', { count: progress.found })}
              </p>
              {status === 'running' ? (
                <progress
                  className={layout['progress']}
                  aria-label={say('discovery.progress')}
                  {...(progress.total === null ? {} : { max: progress.total, value: progress.found })}
                />
              ) : null}
              {fault === null ? null : <p className={layout['bad']}>✗ {fault}</p>}
              {listings.length === 0 ? null : <Proposals listings={listings} />}
              <Pager pagination={pagination} onPage={setPage} />
            </div>
          )}
        </Region>
      )}
    </div>
  );
}
