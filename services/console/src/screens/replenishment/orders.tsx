import { useMutation, useQuery, useQueryClient, keepPreviousData } from '@tanstack/react-query';
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
import { OrderDialog } from './order-dialog.js';
import { ORDER_STATUSES, SourceOf, StatusOf, type Order, type OrderStatus } from './status.js';

const route = getRouteApi('/replenishment/');
const PAGE = 50;
const REFRESH_MS = 5_000;
/** While what was stored is not listed yet. */
const SOON_MS = 500;

function List({ orders, onOpen }: { readonly orders: readonly Order[]; onOpen(order: Order): void }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (orders.length === 0) return <Empty title={say('replenishment.none')}>{say('replenishment.noneText')}</Empty>;
  return (
    <Table
      label={say('replenishment.title')}
      rows={orders}
      keyOf={({ id, sku, locationId }) => id ?? `${sku}|${locationId}`}
      columns={[
        {
          head: 'SKU',
          cell: ({ sku }) => (
            <Link to="/sku/$sku" params={{ sku }}>
              {sku}
            </Link>
          ),
        },
        { head: say('explain.location'), cell: ({ locationId }) => locationId },
        { head: say('reservations.status'), cell: ({ status }) => <StatusOf status={status} /> },
        { head: say('replenishment.quantity'), isNumber: true, cell: ({ quantity }) => units(quantity) },
        { head: say('transfers.from'), cell: ({ source }) => <SourceOf source={source} /> },
        { head: say('replenishment.position'), isNumber: true, cell: ({ because }) => units(because.position) },
        {
          head: say('replenishment.target'),
          isNumber: true,
          cell: ({ because: { target } }) => (target === null ? '–' : units(target)),
        },
        {
          head: say('replenishment.figures'),
          cell: (order) => (
            <Button
              aria-label={say(order.status === 'suggested' ? 'replenishment.decideOf' : 'replenishment.figuresOf', { sku: order.sku })}
              onPress={() => onOpen(order)}
            >
              {say(order.status === 'suggested' ? 'replenishment.decide' : 'replenishment.figures')}
            </Button>
          ),
        },
      ]}
    />
  );
}

/** Suggestions and orders of replenishment, newest first, with the figures behind each. */
export function Orders(): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const { status, location, sku } = route.useSearch();
  const navigate = route.useNavigate();
  const [mayRead, mayWrite] = [useMay('replenishment.read'), useMay('replenishment.write')];
  const locations = useLocations();
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<Order>();
  const { idempotencyKey, settled } = useIntentKey();
  const compute = useMutation({
    mutationFn: async () => {
      const found = await holdfast.replenishment.suggest({ create: true, ...present({ locationId: location }) }, { idempotencyKey });
      await queries.invalidateQueries({ queryKey: ['replenishment'] });
      return found;
    },
    onSettled: (_, error) => settled(error),
  });
  const change = (part: { status?: string; location?: string; sku?: string }): void => {
    setPage(1);
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const stored = compute.data?.suggestions.flatMap(({ id }) => (id === null ? [] : [id]));
  const query = useQuery({
    queryKey: ['replenishment', status, location, sku, page],
    queryFn: async () =>
      await holdfast.replenishment.list({
        page,
        limit: PAGE,
        ...present({ status: status as OrderStatus | undefined, locationId: location, sku }),
      }),
    enabled: mayRead,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      stored?.some((id) => state.data?.replenishments.every((order) => order.id !== id)) === true &&
      state.dataUpdatedAt - compute.submittedAt < REFRESH_MS
        ? SOON_MS
        : REFRESH_MS,
  });
  const all = { value: '', text: say('filter.all') };
  return (
    <>
      <div className={layout['tools']}>
        <TextField label="SKU" kind="search" value={sku ?? ''} onChange={(value) => change({ sku: value })} />
        <Select
          label={say('reservations.status')}
          value={status ?? ''}
          options={[all, ...ORDER_STATUSES.map((value) => ({ value, text: say(`replenishment.status.${value}`) }))]}
          onChange={(value) => change({ status: value })}
        />
        <Select
          label={say('explain.location')}
          value={location ?? ''}
          options={[all, ...locations.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(value) => change({ location: value })}
        />
        <Button look="primary" isDisabled={!mayWrite || compute.isPending} onPress={() => compute.mutate()}>
          {say('replenishment.compute')}
        </Button>
      </div>
      {compute.data === undefined ? null : (
        <p role="status">
          {say('replenishment.computed', { count: compute.data.suggestions.length, skipped: compute.data.skipped.length })}
        </p>
      )}
      {compute.error === null ? null : <Failed error={compute.error} />}
      <Region needs="replenishment.read" query={query}>
        {({ replenishments, pagination }) => (
          <>
            <ListTools name="replenishment" path="/api/inventory/replenishment" parameters={{ status, locationId: location, sku }}>
              <List orders={replenishments} onOpen={setOpen} />
            </ListTools>
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {open === undefined ? null : <OrderDialog order={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
