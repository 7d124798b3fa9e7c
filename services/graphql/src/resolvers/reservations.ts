import { listOf, textOf } from '../rest/read.js';
import { Refused } from '../rest/refused.js';
import type { Json } from '../rest/json.js';
import type { RequestContext } from './context.js';
import { pathPart } from './path-part.js';
import { withUserErrors, type InputLines } from './user-errors.js';

interface ReserveInput extends InputLines {
  readonly idempotencyKey: string;
}

interface LotUnits {
  readonly lotId: string;
  readonly quantity: number;
}

/** Null is as left out. */
interface CommitFields {
  readonly lots?: readonly LotUnits[] | null;
  readonly allowUncovered?: boolean | null;
}

interface PartInput extends CommitFields {
  readonly soldAt?: string | null;
  readonly reservationId: string;
  readonly idempotencyKey: string;
  readonly lines?: readonly (CommitFields & { readonly sku: string; readonly quantity: number })[] | null;
}

const ROUTE = '/sales-channel/inventory';

/** Null where the tenant has no such reservation. */
export async function reservation(_: unknown, { id }: { readonly id: string }, { rest }: RequestContext): Promise<Json | null> {
  try {
    return reservationOf(await rest.get(`${ROUTE}/reservation/${pathPart(id)}`));
  } catch (error) {
    if (error instanceof Refused && error.code === 'unknown_reservation') return null;
    throw error;
  }
}

export function inventoryReserve(_: unknown, { input }: { readonly input: ReserveInput }, { rest }: RequestContext): Promise<Json> {
  const { idempotencyKey, ...order } = input;
  const body = given(order);
  return payload(input, fieldOfOrder, () => rest.write(`${ROUTE}/reserve`, body, idempotencyKey));
}

export const reservationCommit = (_: unknown, { input }: { readonly input: PartInput }, context: RequestContext): Promise<Json> =>
  part(input, 'commit', context);

export const reservationRelease = (_: unknown, { input }: { readonly input: PartInput }, context: RequestContext): Promise<Json> =>
  part(input, 'release', context);

const part = (input: PartInput, what: 'commit' | 'release', { rest }: RequestContext): Promise<Json> => {
  const { reservationId, idempotencyKey, lines, ...all } = input;
  const body = { ...given(all), ...(lines === undefined || lines === null ? {} : { lines: lines.map(given) }) };
  return payload(
    input,
    () => ['input', 'reservationId'],
    () => rest.write(`${ROUTE}/reservation/${pathPart(reservationId)}/${what}`, body, idempotencyKey),
  );
};

/** What was given: null is as left out. */
const given = (fields: object): Json => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

const fieldOfOrder = (code: string): readonly string[] => {
  if (code === 'unknown_location') return ['input', 'locationId'];
  if (code === 'unknown_channel' || code === 'channel_disabled') return ['input', 'channelId'];
  return code === 'ttl_too_short' ? ['input', 'ttl'] : ['input'];
};

async function payload(
  input: InputLines,
  elsewhere: (code: string) => readonly string[],
  write: () => Promise<{ readonly body: Json }>,
): Promise<Json> {
  const { result, userErrors } = await withUserErrors(input, elsewhere, write);
  return { reservation: result === undefined ? null : reservationOf(result.body), userErrors };
}

const reservationOf = (body: Json): Json => ({
  ...body,
  id: textOf(body, 'reservationId'),
  lines: listOf(body, 'lines').map((line) => ({ ...line, released: line['released'] ?? 0 })),
});
