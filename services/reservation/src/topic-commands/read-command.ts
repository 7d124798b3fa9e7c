import { hash } from 'node:crypto';
import { reservationCommands, type CommandKind, type ReservationCommandMessage } from '@holdfast/contracts';
import type { IncomingMessage, RejectReason } from '@holdfast/messaging';
import { canonicalJson, isTenant, uuidOf } from '@holdfast/kit';
import { isRecord } from '@holdfast/platform';

/** Which command a result answers, and the key under which the result is published. */
export interface Address {
  readonly tenant: string;
  readonly source: string;
  readonly id: string;
  readonly kind: CommandKind;
  /** The same each time the same message of a source is delivered. */
  readonly commandId: string;
  /** Key of the message and of its result. */
  readonly key: string;
}

/** A command as it was read from the topic. */
export interface ReceivedCommand extends Address {
  /** Distinguishes a repeat from another command under the same id. */
  readonly requestHash: string;
  readonly message: ReservationCommandMessage;
}

export type Reading =
  | { readonly kind: 'command'; readonly command: ReceivedCommand }
  /** Cannot be carried out. With an address, the sender gets a result. */
  | { readonly kind: 'faulty'; readonly reason: RejectReason; readonly address?: Address };

const KINDS: Readonly<Record<ReservationCommandMessage['type'], CommandKind>> = {
  'holdfast.reservation.reserve.v1': 'reserve',
  'holdfast.reservation.commit.v1': 'commit',
  'holdfast.reservation.release.v1': 'release',
  'holdfast.reservation.extend.v1': 'extend',
};
const MAX_SOURCE = 500;
const MAX_ID = 300;

/** Id of a command. JSON keeps the parts apart, so that no two commands share an id. */
export const commandIdOf = (tenant: string, source: string, id: string): string => uuidOf(JSON.stringify(['command', tenant, source, id]));

/** Reads one message of the topic. */
export function readCommand(incoming: IncomingMessage): Reading {
  const read = reservationCommands.parse(incoming.value);
  if (!read.ok) return faulty(read.code, read.message, addressOf(read.value, incoming.key));
  const { message } = read;
  const { tenant, source, id, type, data } = message;
  const key = incoming.key === '' ? keyOf(message) : incoming.key;
  const requestHash = hash('sha256', canonicalJson({ type, data }));
  return {
    kind: 'command',
    command: { tenant, source, id, kind: KINDS[type], commandId: commandIdOf(tenant, source, id), key, requestHash, message },
  };
}

/** The key of a command whose sender gives none. */
export const keyOf = ({ tenant, data }: ReservationCommandMessage): string =>
  `${tenant}|${'orderId' in data ? data.orderId : data.reservationId}`;

const faulty = (code: string, message: string, address?: Address): Reading => ({
  kind: 'faulty',
  reason: { code, message },
  ...(address === undefined ? {} : { address }),
});

/** The address of a faulty message; undefined where its envelope does not contain it. */
function addressOf(value: unknown, key: string): Address | undefined {
  if (!isRecord(value)) return undefined;
  const { tenant, source, id, type } = value;
  const kind = typeof type === 'string' && isKnown(type) ? KINDS[type] : undefined;
  if (kind === undefined || !isTenant(tenant) || !isText(source, MAX_SOURCE) || !isText(id, MAX_ID)) return undefined;
  const commandId = commandIdOf(tenant, source, id);
  return { tenant, source, id, kind, commandId, key: key === '' ? `${tenant}|${commandId}` : key };
}

const isKnown = (type: string): type is ReservationCommandMessage['type'] => Object.hasOwn(KINDS, type);
const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length > 0 && value.length <= most;
