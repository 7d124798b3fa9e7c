import type { LimitState } from '../budget/limit-state.js';
import type { LimitStates } from '../budget/limit-states.js';
import type { SharedAccount } from './open-account.js';
import type { TokenTable } from './token-table.js';

interface Token {
  access: string | undefined;
  validUntil: number;
  refresh: string | null;
  renewingUntil: number;
}

/** Tokens and limits of accounts, in memory: what all processes share of them. */
export class MemoryShared {
  private readonly accounts = new Map<string, SharedAccount>();

  constructor(private readonly now: () => number) {}

  of(channelId: string): SharedAccount {
    const known = this.accounts.get(channelId);
    if (known !== undefined) return known;
    const account = { tokens: this.tokens(), limits: memoryLimits(this.now) };
    this.accounts.set(channelId, account);
    return account;
  }

  private tokens(): TokenTable {
    const { now } = this;
    const token: Token = { access: undefined, validUntil: 0, refresh: null, renewingUntil: 0 };
    const valid = (spareMs: number): string | undefined => (token.validUntil > now() + spareMs ? token.access : undefined);
    const done = (changes: Partial<Token>): Promise<void> => {
      Object.assign(token, changes);
      return Promise.resolve();
    };
    return {
      valid: (spareMs) => Promise.resolve(valid(spareMs)),
      stored: () => Promise.resolve(token.access),
      claim: (spareMs, renewalMs) => {
        if (token.renewingUntil >= now() || valid(spareMs) !== undefined) return Promise.resolve(undefined);
        token.renewingUntil = now() + renewalMs;
        return Promise.resolve({ refresh: token.refresh });
      },
      prolong: (renewalMs) => (token.renewingUntil >= now() ? done({ renewingUntil: now() + renewalMs }) : done({})),
      store: (access, validMs, refresh) =>
        done({ access, validUntil: now() + validMs, refresh: refresh ?? token.refresh, renewingUntil: 0 }),
      free: () => done({ renewingUntil: 0 }),
      refuse: (access) => (token.access === access ? done({ access: undefined }) : done({})),
    };
  }
}

export function memoryLimits(now: () => number): LimitStates {
  const stored = new Map<string, LimitState>();
  return {
    change: (_names, change) => {
      const { states, result } = change(stored, now());
      for (const [name, state] of states) stored.set(name, state);
      return Promise.resolve(result);
    },
  };
}
