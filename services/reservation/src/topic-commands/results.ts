import { cloudEvent, type ReservationResult, type ReservationResultMessage } from '@holdfast/contracts';
import { uuidOf } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import { toAnswer } from '../http/answers.js';
import type { Answer } from '../reservations/single-sku.js';
import type { Address, ReceivedCommand } from './read-command.js';

const SOURCE = 'urn:holdfast:reservation';
const CREATED = 201;
const OK = 200;
/** Kafka's default for the largest message is 1 MiB. */
const MAX_BYTES = 900 * 1_024;
const MAX_MESSAGE = 2_000;
const DETAILS_LEFT_OUT = { message: 'the details were too long for a message and are left out' };

/** A result as it is published on the topic. */
export interface WrittenResult {
  readonly outcome: ReservationResult['outcome'];
  readonly value: string;
}

/** Result of a command that was carried out. @param at epoch milliseconds */
export function doneResult(command: Address, { reservation, position }: Answer, at: number): WrittenResult {
  const view = toAnswer(reservation);
  const status = command.kind === 'reserve' ? CREATED : OK;
  const whole = { status, reservation: view, position: position.toString() };
  const withoutSources = (): Content => ({
    ...whole,
    reservation: { ...view, lines: view.lines.map((line) => ({ ...line, sources: [] })) },
  });
  return written(command, 'done', whole, withoutSources, { id: resultId(command), at, subject: reservation.orderId });
}

/** Result of a command that changed nothing: `refused`, or `failed` where the fault is on our side. @param at epoch milliseconds */
export function refusedResult(
  command: Address,
  { status, code, message, details }: Problem,
  at: number,
  id = resultId(command),
): WrittenResult {
  const error = { code, message: message.slice(0, MAX_MESSAGE), details };
  const withoutDetails = (): Content => ({ status, error: { ...error, details: [DETAILS_LEFT_OUT] } });
  return written(command, status >= 500 ? 'failed' : 'refused', { status, error }, withoutDetails, { id, at });
}

/** Result where the id was used by another command before. It has an id of its own, because the result of the first command stays valid. */
export function reusedResult(command: ReceivedCommand, at: number): WrittenResult {
  const problem = new Problem(422, 'idempotency_key_reused', 'This id came with another command before; send a new id');
  return refusedResult(command, problem, at, uuidOf(`${command.commandId}|${command.requestHash}|result`));
}

/** The same each time the same command is answered. */
const resultId = ({ commandId }: Address): string => uuidOf(`${commandId}|result`);

type Content = Omit<ReservationResult, 'commandId' | 'command' | 'outcome'>;

function written(
  { tenant, source, id: command, kind, commandId }: Address,
  outcome: ReservationResult['outcome'],
  whole: Content,
  shorter: () => Content,
  { id, at, subject }: { readonly id: string; readonly at: number; readonly subject?: string },
): WrittenResult {
  const textOf = (content: Content): string =>
    JSON.stringify(
      cloudEvent({
        id,
        source: SOURCE,
        type: 'holdfast.reservation.result.v1',
        ...(subject === undefined ? {} : { subject }),
        at,
        tenant,
        data: { commandId, command: { source, id: command, kind }, outcome, ...content },
      }) satisfies ReservationResultMessage,
    );
  const value = textOf(whole);
  return { outcome, value: Buffer.byteLength(value) <= MAX_BYTES ? value : textOf(shorter()) };
}
