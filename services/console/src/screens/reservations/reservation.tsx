import type { ValueOf } from '@holdfast/client';
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
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { TimeLeft } from './time-left.js';

type Reservation = ValueOf<'reservations.get'>;

const route = getRouteApi('/reservations/$reservationId');
const OPEN = ['pending', 'waiting', 'held'];
const LONGER_SECONDS = 900;

interface Act {
  readonly intent: ReturnType<typeof useIntentKey>;
  send(options: { readonly idempotencyKey: string }): PromiseLike<unknown>;
}

/** Commit, release and extend: each has a key of its own, so that a second press changes nothing, and a new one after a refusal. */
function Actions({ reservation }: { readonly reservation: Reservation }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const mayWrite = useMay('reservations.write');
  const { reservationId, expiresAt } = reservation;
  const [commit, release, extend] = [useIntentKey(), useIntentKey(), useIntentKey()];
  const change = useMutation({
    mutationFn: async ({ intent, send }: Act) => {
      await send({ idempotencyKey: intent.idempotencyKey });
      await queries.invalidateQueries();
    },
    onSettled: (_, error, { intent }) => intent.settled(error),
  });
  if (!OPEN.includes(reservation.status)) return null;
  const ttl = Math.max(1, Math.round((Date.parse(expiresAt) - Date.now()) / 1_000)) + LONGER_SECONDS;
  const disabled = !mayWrite || change.isPending;
  return (
    <>
      <div className={layout['tools']}>
        <Button
          look="primary"
          isDisabled={disabled}
          onPress={() => change.mutate({ intent: commit, send: (options) => holdfast.reservations.commit(reservationId, {}, options) })}
        >
          {say('reservation.commit')}
        </Button>
        <Button
          isDisabled={disabled}
          onPress={() => change.mutate({ intent: release, send: (options) => holdfast.reservations.release(reservationId, {}, options) })}
        >
          {say('reservation.release')}
        </Button>
        <Button
          isDisabled={disabled}
          onPress={() =>
            change.mutate({ intent: extend, send: (options) => holdfast.reservations.extend(reservationId, { ttl }, options) })
          }
        >
          {say('reservation.extend')}
        </Button>
      </div>
      {mayWrite ? null : <NeedsPermission permission="reservations.write" />}
      {change.error === null ? null : <Failed error={change.error} />}
    </>
  );
}

function Lines({ reservation }: { readonly reservation: Reservation }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  return (
    <Table
      label={say('reservations.lines')}
      rows={reservation.lines}
      keyOf={({ sku }) => sku}
      columns={[
        {
          head: 'SKU',
          cell: ({ sku }) => (
            <Link to="/sku/$sku/timeline" params={{ sku }} search={{ correlation: reservation.orderId }}>
              {sku}
            </Link>
          ),
        },
        { head: say('reservation.requested'), isNumber: true, cell: ({ requested }) => units(requested) },
        { head: say('reservation.holds'), isNumber: true, cell: ({ quantity }) => units(quantity) },
        { head: say('reservation.taken'), isNumber: true, cell: ({ committed }) => units(committed) },
        {
          head: say('reservation.from'),
          cell: ({ sources }) =>
            sources.map(({ locationId, quantity, because }) => `${units(quantity)} ${locationId} (${because})`).join(', '),
        },
      ]}
    />
  );
}

/** One reservation: its lines, where they come from and why, and what can be done with it. */
export function ReservationPage(): ReactNode {
  const { say } = useWords();
  const { reservationId } = route.useParams();
  const enabled = useMay('reservations.read');
  const query = useQuery({
    queryKey: ['reservation', reservationId],
    queryFn: async () => await holdfast.reservations.get(reservationId),
    enabled,
    refetchInterval: 5_000,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('reservation.title', { order: query.data?.orderId ?? '' })}</h1>
      <Region needs="reservations.read" query={query}>
        {(reservation) => (
          <section className={layout['card']} aria-label={say('reservation.title', { order: reservation.orderId })}>
            <p role="status">
              <strong>{say(`reservation.${reservation.status}`)}</strong>
              {reservation.channelId === undefined ? null : <> · {reservation.channelId}</>}
              {OPEN.includes(reservation.status) ? (
                <>
                  {' · '}
                  {say('reservations.expires')} <TimeLeft until={reservation.expiresAt} />
                </>
              ) : null}
            </p>
            <p className={layout['soft']}>
              <code>{reservation.reservationId}</code>
            </p>
            <Actions reservation={reservation} />
            <Lines reservation={reservation} />
          </section>
        )}
      </Region>
    </div>
  );
}
