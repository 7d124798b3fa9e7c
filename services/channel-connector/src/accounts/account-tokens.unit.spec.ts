import { Sealer, systemTimers } from '@holdfast/kit';
import type { TokenAnswer } from '../providers/tools.js';
import { AccountTokens } from './account-tokens.js';
import type { TokenTable } from './token-table.js';

/** One token, of which the store forgets a refused one only when it is told that it may. */
class SlowTable implements TokenTable {
  access: string | undefined;
  forget: () => void = () => undefined;
  private readonly mayForget = new Promise<void>((resolve) => (this.forget = resolve));

  valid = (): Promise<string | undefined> => Promise.resolve(this.access);
  stored = async (): Promise<string | undefined> => {
    await this.mayForget;
    return this.access;
  };
  claim = (): Promise<{ readonly refresh: null } | undefined> => Promise.resolve(this.access === undefined ? { refresh: null } : undefined);
  prolong = (): Promise<void> => Promise.resolve();
  store = (access: string): Promise<void> => {
    this.access = access;
    return Promise.resolve();
  };
  free = (): Promise<void> => Promise.resolve();
  refuse = (access: string): Promise<void> => {
    if (this.access === access) this.access = undefined;
    return Promise.resolve();
  };
}

describe('the access token of an account', () => {
  it('is not given again once it was refused, though the store still has it for another call', async () => {
    const table = new SlowTable();
    let renewals = 0;
    const renew = () => Promise.resolve({ given: { accessToken: `token ${String((renewals += 1))}`, expiresInMs: 3_600_000 } });
    const tools = { timers: systemTimers, now: () => Date.now(), stopped: new AbortController().signal };
    const sealer = new Sealer('a-secret-of-at-least-thirty-two-characters');
    const tokens = new AccountTokens(table, sealer, { tenant: 'acme', channelId: 'shop' }, { renew }, tools);
    const given = async (): Promise<TokenAnswer> => tokens.current();
    expect(await given()).toEqual({ token: 'token 1' });

    const refused = tokens.refused('token 1');
    const meanwhile = await given();
    table.forget();
    await refused;

    expect([meanwhile, await given(), renewals]).toEqual([{ token: 'token 2' }, { token: 'token 2' }, 2]);
  });
});
