import { createHash } from 'node:crypto';
import { EventStoreUnavailable } from '@holdfast/event-store';
import type { SkuCommand } from '@holdfast/inventory';
import { LedgerBusy } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { Answer } from '@holdfast/reservation';
import type { Reply, CallerRequest } from '@holdfast/simulation';
import type { Fleet } from '../fleet.js';
import type { RunningProcess } from '../process.js';
import { TENANT, type World } from '../world.js';

const PATIENCE_MS = 4_000;
const MOST_TRIES = 5;

/** A request with the function that sends it to a process. A repeat has the same command id. */
export interface Errand {
  readonly request: CallerRequest;
  readonly run: (process: RunningProcess, at: number) => Promise<Reply>;
}

/** Sends the request until there is an answer, from any process, as a caller that needs the outcome does. */
export async function ask(world: World, fleet: Fleet, { request, run }: Errand, tries = MOST_TRIES): Promise<Reply> {
  for (let attempt = 1; ; attempt += 1) {
    const asked = world.moment();
    const process = fleet.any();
    const reply = process === undefined ? UNKNOWN : await Promise.race([run(process, asked.time).catch(replyTo), late(world)]);
    world.exchanges.push({ request, reply, asked, answered: world.moment() });
    if (reply.kind !== 'unknown' || attempt === tries) return reply;
    await world.time.sleep(world.random.between(5, 400));
  }
}

const UNKNOWN: Reply = { kind: 'unknown' };
const late = (world: World): Promise<Reply> => world.time.sleep(PATIENCE_MS).then(() => UNKNOWN);

function replyTo(error: unknown): Reply {
  if (error instanceof EventStoreUnavailable || error instanceof LedgerBusy) return UNKNOWN;
  if (error instanceof Problem && error.status < 500) {
    return { kind: 'refused', code: error.code, details: error.details.map((detail) => ({ ...detail })) };
  }
  return { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

const reservation = ({ reservation: { reservationId, status, expiresAt, lines }, position }: Answer): Reply => ({
  kind: 'reservation',
  reservationId,
  status,
  expiresAt,
  lines: lines.map(({ waiting, ...line }) => ({
    sku: line.sku,
    quantity: line.quantity,
    committed: line.committed,
    released: line.released ?? 0,
    waiting: waiting?.quantity ?? 0,
  })),
  position: Number(position),
});

export function reserveErrand(request: Extract<CallerRequest, { kind: 'reserve' }>): Errand {
  const { name: commandId, orderId, lines, ttlMs, partial, backorder, locationId, channelId, holderId } = request;
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const common = { tenant: TENANT, orderId, lines, ttlMs, partial, requestHash, commandId, context: {} };
  const order = {
    ...common,
    ...(backorder === undefined ? {} : { backorder }),
    ...(locationId === undefined ? {} : { locationId }),
    ...(channelId === undefined ? {} : { channelId }),
    ...(holderId === undefined ? {} : { holderId }),
  };
  return { request, run: async ({ handlers }) => reservation(await handlers.reserve(order)) };
}

export function requestErrand(request: Exclude<CallerRequest, { kind: 'reserve' | 'stock' }>): Errand {
  const { reservationId, name: commandId, lines, ttlMs = 0 } = request;
  const given = { ref: { tenant: TENANT, reservationId }, commandId, context: {} };
  return {
    request,
    run: async ({ handlers }) => {
      switch (request.kind) {
        case 'commit':
          return reservation(await handlers.commit(given, lines === undefined ? {} : { lines }));
        case 'release':
          return reservation(await handlers.release(given, lines));
        case 'extend':
          return reservation(await handlers.extend(given, ttlMs));
        default:
          return request.kind satisfies never;
      }
    },
  };
}

/** Fields of a delivery note besides the goods. */
export type DeliveryNames = Pick<Extract<SkuCommand, { type: 'ReceiveStock' }>, 'inboundReference' | 'documentId'>;

export const receiptErrand = (id: string, sku: string, locationId: string, quantity: number, names: DeliveryNames = {}): Errand =>
  stockErrand({ kind: 'stock', name: id, sku, event: 'StockReceived', eventNames: [id] }, (at) => ({
    type: 'ReceiveStock',
    at,
    commandId: id,
    locationId,
    quantity,
    effectiveAt: at,
    messageId: id,
    ...names,
  }));

/** @param command called for each attempt, as a service does: the time differs, the ids stay the same */
export const stockErrand = (request: Extract<CallerRequest, { kind: 'stock' }>, command: (at: number) => SkuCommand): Errand => ({
  request,
  run: async ({ ledger }, at) => {
    const outcome = await ledger.execute({ tenant: TENANT, sku: request.sku }, command(at));
    if (outcome.kind === 'refused') return { kind: 'refused', code: outcome.code, details: [] };
    return { kind: 'done', changed: outcome.events.length > 0 };
  },
});
