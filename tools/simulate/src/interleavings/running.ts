import type { Outcome, SkuLedger, SkuRef } from '@holdfast/ledger';
import type { Race, Sending } from './race.js';

export const REF: SkuRef = { tenant: 'acme', sku: 'ale' };
/** Later than every expiry. */
const LATER_MS = 10 * 60_000;

export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

export interface Answer {
  readonly name: string;
  readonly outcome: Outcome | { readonly kind: 'failed'; readonly message: string };
}

/** Receives stock and places some holds; then each process marked `warm` reads the SKU, so that it later has an old state of it. */
export async function open(
  { opening }: Race,
  ledgers: readonly SkuLedger[],
  clock: Clock,
  warm: () => boolean,
  ref = REF,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const sending of opening) answers.push(await send(sending, ledgers, clock, ref));
  for (const ledger of ledgers) if (warm()) await ledger.read(ref);
  return answers;
}

/** Sends every process its commands at their times. */
export const run = ({ sendings }: Race, ledgers: readonly SkuLedger[], clock: Clock, ref = REF): Promise<readonly Answer[]> =>
  Promise.all(sendings.map((sending) => send(sending, ledgers, clock, ref)));

async function send(
  { name, process, afterMs, command }: Sending,
  ledgers: readonly SkuLedger[],
  clock: Clock,
  ref: SkuRef,
): Promise<Answer> {
  await clock.sleep(afterMs);
  const outcome = ledgers[process]?.execute(ref, command(clock.now()));
  if (outcome === undefined) throw new Error(`there is no process ${String(process)}`);
  return { name, outcome: await outcome.catch((error: unknown) => ({ kind: 'failed' as const, message: String(error) })) };
}

/** Ends the holds that are left, by a process that has seen nothing of the race. */
export async function endWhatIsOpen(ledger: SkuLedger, clock: Clock, ref = REF): Promise<readonly Answer[]> {
  const at = clock.now() + LATER_MS;
  const open = [...(await ledger.read(ref)).state.reservations.keys()];
  const ends = open.map((reservationId) => ({
    name: `end ${reservationId}`,
    process: 0,
    afterMs: 0,
    command: () => ({ type: 'ExpireReservation' as const, at, commandId: `end ${reservationId}`, reservationId }),
  }));
  return Promise.all(ends.map((end) => send(end, [ledger], clock, ref)));
}
