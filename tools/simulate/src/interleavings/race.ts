import type { SkuCommand } from '@holdfast/inventory';
import type { Random } from '@holdfast/simulation';

/** A command for one of the processes, a given time after the start of the race. */
export interface Sending {
  /** Its command id: the same for every process that gets it. */
  readonly name: string;
  readonly process: number;
  readonly afterMs: number;
  readonly command: (at: number) => SkuCommand;
}

/** The stock and holds before the race, and the commands that then arrive at once. */
export interface Race {
  readonly opening: readonly Sending[];
  readonly sendings: readonly Sending[];
}

type CallerRequest = (by: { readonly at: number; readonly commandId: string }) => SkuCommand;

const SOURCES = [
  { locationId: 'HAM', priority: 1 },
  { locationId: 'BER', priority: 2 },
];
/** Holds expire in the middle of the race. */
const TTL_MS = 40;
const RACE_MS = 70;
const OPENING_MS = 10;
const LONG_MS = 60_000;
/** The TTL counts from the time of the request, so a later repeat is a different request. */
const EXTENSION = 'extend second';
const RIVALS = ['rival 1', 'rival 2', 'rival 3'] as const;

/**
 * Everything that can happen to one SKU at once: two holds that are committed, released, extended and ended, competing reservations, an ERP
 * that reports, receives and issues, a corrected count, moves and shipments, units that are held and released. Some commands go to two processes.
 */
export function race(random: Random, processes: number): Race {
  const send = (name: string, request: CallerRequest, afterMs = random.between(0, RACE_MS)): Sending => ({
    name,
    process: random.between(0, processes - 1),
    afterMs,
    command: (at) => request({ at, commandId: name }),
  });
  const opening = [
    send('goods for HAM', received('HAM', random.between(2, 4)), 0),
    send('goods for BER', received('BER', random.between(1, 3)), 0),
    send('place first', placed('first', random.between(1, 2), TTL_MS + OPENING_MS), 0),
    send('place second', placed('second', 2, TTL_MS + OPENING_MS), 0),
  ];
  const nearTheEnd = (): number => TTL_MS + random.between(-30, 4);
  const sendings = [
    send('commit first', (by) => ({ type: 'CommitReservation', ...by, reservationId: 'first' }), nearTheEnd()),
    send('release first', (by) => ({ type: 'ReleaseReservation', ...by, reservationId: 'first' }), nearTheEnd()),
    send('expire first', (by) => ({ type: 'ExpireReservation', ...by, reservationId: 'first' }), nearTheEnd()),
    send('commit one of second', (by) => ({ type: 'CommitReservation', ...by, reservationId: 'second', quantity: 1 })),
    send(EXTENSION, (by) => ({ type: 'ExtendReservation', ...by, reservationId: 'second', ttlMs: TTL_MS })),
    send('commit second', (by) => ({ type: 'CommitReservation', ...by, reservationId: 'second' })),
    send('expire second', (by) => ({ type: 'ExpireReservation', ...by, reservationId: 'second' }), 2 * TTL_MS),
    ...RIVALS.map((name) => send(`place ${name}`, placed(name, random.between(1, 3), random.pick([TTL_MS, LONG_MS])))),
    ...RIVALS.flatMap((name) => [
      send(`commit ${name}`, (by) => ({ type: 'CommitReservation', ...by, reservationId: name }), random.between(20, 3 * RACE_MS)),
      send(`release ${name}`, (by) => ({ type: 'ReleaseReservation', ...by, reservationId: name }), random.between(20, 3 * RACE_MS)),
    ]),
    ...fromOutside(random).map(([name, request]) => send(name, request)),
  ];
  const again = sendings
    .filter(({ name }) => name !== EXTENSION && random.chance(0.2))
    .map((sending) => ({ ...sending, process: random.between(0, processes - 1), afterMs: random.between(0, RACE_MS) }));
  return { opening, sendings: [...sendings, ...again] };
}

const erp = (messageId: string) => ({ connectionId: 'erp', messageId, locationId: 'HAM' });

function fromOutside(random: Random): readonly (readonly [name: string, request: CallerRequest])[] {
  const scope = {
    holdType: random.pick(['recall', 'quality'] as const),
    ...random.pick([{}, { locationId: 'HAM' }, { locationId: 'HAM', quantity: 1 }, { locationId: 'BER', quantity: 2 }]),
  };
  const disposition = random.pick(['to_stock', 'scrap'] as const);
  const [figure, delta, earlierMs] = [random.between(0, 6), random.pick([-2, -1, 1]), random.between(1, RACE_MS)];
  return [
    ['level', (by) => ({ type: 'ReportLevel', ...by, ...erp('level'), figure, asOf: by.at - earlierMs, postingLagMs: null })],
    ['issue', (by) => ({ type: 'IssueStock', ...by, ...erp('issue'), quantity: 1, effectiveAt: by.at - 5, orderId: 'order of first' })],
    ['more goods', received('HAM', random.between(1, 2))],
    ['adjustment', (by) => ({ type: 'AdjustStock', ...by, locationId: 'HAM', delta, effectiveAt: by.at, reasonCode: 'count' })],
    ['move', (by) => ({ type: 'MoveStock', ...by, fromLocationId: 'HAM', toLocationId: 'BER', quantity: 1, reference: 'move' })],
    ['ship', (by) => ({ type: 'ShipTransfer', ...by, ...shipment, startedAt: by.at })],
    ['hold', (by) => ({ type: 'PlaceHold', ...by, holdId: 'hold', ...scope })],
    ['release hold', (by) => ({ type: 'ReleaseHold', ...by, holdId: 'hold', disposition })],
    ['receive', (by) => ({ type: 'ReceiveTransfer', ...by, transferId: 'transfer', quantity: 1, receiptId: 'receipt' })],
  ];
}

const shipment = { transferId: 'transfer', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 1 } as const;

const received =
  (locationId: string, quantity: number): CallerRequest =>
  (by) => ({ type: 'ReceiveStock', ...by, locationId, quantity, effectiveAt: by.at, messageId: by.commandId });

const placed =
  (reservationId: string, quantity: number, ttlMs: number): CallerRequest =>
  (by) => ({
    type: 'PlaceReservation',
    ...by,
    reservationId,
    orderId: `order of ${reservationId}`,
    quantity,
    ttlMs,
    requestHash: reservationId,
    sources: SOURCES,
  });
