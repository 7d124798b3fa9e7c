import type { BodyOf } from '@holdfast/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed, NeedsPermission, Region } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { CloseTransfer } from './close.js';
import { Receive } from './receive.js';
import { isMoving, StatusOf, unitsOf, type Transfer } from './status.js';

type Action = BodyOf<'transfers.act'>;

const route = getRouteApi('/transfers/$transferId');
const REFRESH_MS = 5_000;
/** While a step is carried out. */
const SOON_MS = 500;

/** Ships, receives, closes or cancels. What the state does not allow is not offered. */
function Actions({ transfer }: { readonly transfer: Transfer }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const mayWrite = useMay('transfers.write');
  const { id, status, receipts } = transfer;
  const { idempotencyKey, settled } = useIntentKey();
  const act = useMutation({
    mutationFn: async (action: Action) => {
      await holdfast.transfers.act(id, action, { idempotencyKey });
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
  });
  const isOpen = status === 'created' || status === 'in_transit';
  const cancel = (
    <Button isDisabled={act.isPending} onPress={() => act.mutate({ action: 'cancel' })}>
      {say(status === 'created' ? 'transfers.cancel' : 'transfers.turnBack')}
    </Button>
  );
  return (
    <>
      {status === 'created' && mayWrite ? (
        <div className={layout['tools']}>
          <Button look="primary" isDisabled={act.isPending} onPress={() => act.mutate({ action: 'ship' })}>
            {say('transfers.ship')}
          </Button>
          {cancel}
        </div>
      ) : null}
      {status === 'in_transit' && mayWrite ? (
        // Another receipt is another form: what was typed for the last is gone.
        <Receive
          key={receipts.length}
          transfer={transfer}
          isBusy={act.isPending}
          onReceive={(lines) => act.mutate({ action: 'receive', lines: [...lines] })}
        >
          {cancel}
          <CloseTransfer transfer={transfer} isBusy={act.isPending} onClose={(action) => act.mutate(action)} />
        </Receive>
      ) : null}
      {isOpen && !mayWrite ? <NeedsPermission permission="transfers.write" /> : null}
      {act.error === null ? null : <Failed error={act.error} />}
    </>
  );
}

const EXCEPTIONS = ['rejected', 'over', 'lost'] as const;

function Lines({ transfer }: { readonly transfer: Transfer }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  return (
    <Table
      label={say('lines.title')}
      rows={transfer.lines}
      keyOf={({ sku }) => sku}
      columns={[
        {
          head: 'SKU',
          cell: ({ sku }) => (
            <Link to="/sku/$sku/timeline" params={{ sku }} search={{ correlation: transfer.id }}>
              {sku}
            </Link>
          ),
        },
        { head: say('fairness.units'), isNumber: true, cell: ({ quantity }) => units(quantity) },
        { head: say('transfers.inTransit'), isNumber: true, cell: ({ inTransit }) => units(inTransit) },
        { head: say('transfers.received'), isNumber: true, cell: ({ received }) => units(received) },
        { head: say('transfers.returned'), isNumber: true, cell: ({ returned }) => units(returned) },
        // Most transfers have none of these.
        ...EXCEPTIONS.filter((of) => unitsOf(transfer, of) > 0).map((of) => ({
          head: say(`transfers.${of}`),
          isNumber: true,
          cell: (line: Transfer['lines'][number]) => units(line[of]),
        })),
      ]}
    />
  );
}

/** One transfer: what it moves, how far it is, and what comes next. */
export function TransferPage(): ReactNode {
  const { say } = useWords();
  const { transferId } = route.useParams();
  const enabled = useMay('transfers.read');
  const query = useQuery({
    queryKey: ['transfer', transferId],
    queryFn: async () => await holdfast.transfers.get(transferId),
    enabled,
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? SOON_MS : REFRESH_MS),
  });
  return (
    <div className={layout['page']}>
      <h1>{say('transfers.one', { name: query.data?.reference ?? '' })}</h1>
      <Region needs="transfers.read" query={query}>
        {(transfer) => (
          <section className={layout['card']} aria-label={say('transfers.transfer')}>
            <p role="status">
              <strong>
                <StatusOf status={transfer.status} />
              </strong>{' '}
              · {transfer.fromLocationId} → {transfer.toLocationId} · <When at={transfer.updatedAt} />
            </p>
            <p className={layout['soft']}>
              <code>{transfer.id}</code>
            </p>
            {transfer.reasonCode === null ? null : (
              <p>
                {say(`transfers.loss.${transfer.reasonCode}`)} {transfer.reason}
              </p>
            )}
            <Lines transfer={transfer} />
            <Actions transfer={transfer} />
          </section>
        )}
      </Region>
    </div>
  );
}
