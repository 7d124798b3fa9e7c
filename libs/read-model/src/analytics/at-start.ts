import type { Pool } from 'pg';
import { installAnalytics } from './install.js';

const SAYS = {
  not_permitted:
    'the schema analytics is not there, or not as this version has it: the user of the database may not make roles. Give it CREATEROLE, or make the roles yourself (docs/guides/analysts.md)',
  busy: 'the schema analytics is not there yet or still that of another version, as somebody reads it or another process replaces it; the next start tries again',
} as const;

/** Called by a service that has its tables. A fault of the views is told and stops nothing. */
export async function installAnalyticsAtStart(pool: Pool, warn: (what: string, error?: unknown) => void): Promise<void> {
  try {
    const state = await installAnalytics(pool);
    if (state === 'not_permitted' || state === 'busy') warn(SAYS[state]);
  } catch (error) {
    warn('the schema analytics could not be brought up to date; the next start tries again', error);
  }
}
