import type { Pool } from 'pg';
import { trimReservations } from '@holdfast/read-model';

const EVERY_MS = 600_000;

/** Removes reservations past their retention, now and every ten minutes. @returns what ends it, resolved when no statement runs any more */
export function keepTrimmed(pool: Pool, schema: string, onFault: (error: unknown) => void): () => Promise<void> {
  const trim = async (): Promise<void> => {
    await trimReservations(pool, schema).catch(onFault);
  };
  let work = trim();
  const timer = setInterval(() => {
    work = work.then(trim);
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await work;
  };
}
