import { Sealer, systemTimers } from '@holdfast/kit';
import { eventually } from '../../test/scripted-receiver.js';
import { startDatabase, type TestDatabase } from '../../test/database.js';
import type { RenewResult } from '../providers/tools.js';
import { AccountTokens } from './account-tokens.js';
import { PostgresTokenTable } from './postgres-token-table.js';

describe('a token that two processes need at once', () => {
  const channel = { tenant: 'demo', channelId: 'shop' };
  const sealer = new Sealer('a-secret-of-at-least-thirty-two-characters');
  const renewals: (string | undefined)[] = [];
  let database: TestDatabase;
  const waiting: (() => void)[] = [];

  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.stop());

  /** One process. The vendor answers a renewal once the test lets it. */
  const process = () =>
    new AccountTokens(
      new PostgresTokenTable(database.pool, channel),
      sealer,
      channel,
      {
        renew: async (refreshToken): Promise<RenewResult> => {
          renewals.push(refreshToken);
          const count = String(renewals.length);
          await new Promise<void>((resolve) => waiting.push(resolve));
          return { given: { accessToken: `access ${count}`, expiresInMs: 3_600_000, refreshToken: `refresh ${count}` } };
        },
      },
      { timers: systemTimers, now: Date.now, stopped: new AbortController().signal },
    );
  const asked = async (one: AccountTokens, other: AccountTokens): Promise<readonly unknown[]> => {
    const both = Promise.all([one.current(), other.current()]);
    await eventually(() => waiting.length > 0);
    for (const goOn of waiting.splice(0)) goOn();
    return both;
  };

  it('is renewed by one call at the vendor, and both have it', async () => {
    expect(await asked(process(), process())).toEqual([{ token: 'access 1' }, { token: 'access 1' }]);
    expect(renewals).toEqual([undefined]);
  });

  it('is renewed once more where both were refused, with the refresh token that was given last', async () => {
    const [one, other] = [process(), process()];
    await Promise.all([one.refused('access 1'), other.refused('access 1')]);
    expect(await asked(one, other)).toEqual([{ token: 'access 2' }, { token: 'access 2' }]);
    // Who hears of the old token late does not end the new one.
    await one.refused('access 1');
    expect(await other.current()).toEqual({ token: 'access 2' });
    expect(renewals).toEqual([undefined, 'refresh 1']);
  });

  it('is left to another soon after its process died, and not while the process goes on', async () => {
    const [dying, other] = [0, 1].map(() => new PostgresTokenTable(database.pool, { ...channel, channelId: 'other' }));
    const valid = 30_000;
    expect(await dying?.claim(valid, 1_000)).toEqual({ refresh: null });
    await dying?.prolong(60_000);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await other?.claim(valid, 60_000)).toBeUndefined();
    await dying?.prolong(1);
    await eventually(async () => (await other?.claim(valid, 60_000)) !== undefined);
    // Who comes back late has no right to prolong any more, but does not end that of the other.
    await dying?.prolong(60_000);
    expect(await dying?.claim(valid, 60_000)).toBeUndefined();
  });
});
