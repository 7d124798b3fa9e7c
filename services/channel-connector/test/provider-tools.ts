import { randomUUID } from 'node:crypto';
import type { VendorAnswer, VendorHttp, VendorRequest } from '@holdfast/vendor-http';
import { asOf, fullLimit, leftOf, reported, spent, waitMs, type LimitState } from '../src/budget/limit-state.js';
import type { Account, Provider } from '../src/providers/provider.js';
import type { Budget, LimitShape, ProviderTools, Spend, TokenSource } from '../src/providers/tools.js';

/** Time that passes only when somebody waits. */
export interface TestTime {
  now(): number;
  wait(ms: number): Promise<void>;
}

export function testTime(start = Date.UTC(2026, 0, 1, 12)): TestTime & { set(at: number): void } {
  let at = start;
  return {
    now: () => at,
    wait: (ms) => {
      at += ms;
      return Promise.resolve();
    },
    set: (to) => {
      at = to;
    },
  };
}

/** Calls over fetch, and keeps what was called. */
export function testHttp(timeoutMs = 5_000): VendorHttp & { readonly calls: VendorRequest[] } {
  const calls: VendorRequest[] = [];
  return {
    calls,
    call: async (request): Promise<VendorAnswer> => {
      calls.push(request);
      try {
        const answer = await fetch(request.url, {
          method: request.method,
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          ...(request.headers === undefined ? {} : { headers: { ...request.headers } }),
          ...(request.body === undefined ? {} : { body: request.body }),
        });
        return {
          kind: 'answered',
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: Buffer.from(await answer.arrayBuffer()),
        };
      } catch (error) {
        const refused =
          error instanceof Error && error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ECONNREFUSED';
        return { kind: 'unanswered', sent: !refused, fault: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/** A budget in memory by the rules of the real one. */
export function testBudget(shapes: readonly LimitShape[], time: TestTime): Budget {
  const states = new Map<string, LimitState>();
  const shapeOf = (name: string): LimitShape => {
    const shape = shapes.find((one) => one.name === name);
    if (shape === undefined) throw new Error(`there is no limit ${name}`);
    return shape;
  };
  const stateOf = (name: string): LimitState => {
    const shape = shapeOf(name);
    return asOf(shape, states.get(name) ?? fullLimit(shape, time.now()), time.now());
  };
  const longest = (spends: readonly Spend[], urgent: boolean): number =>
    Math.max(0, ...spends.map(({ limit, units }) => waitMs(shapeOf(limit), stateOf(limit), units, urgent, time.now())));
  return {
    take: async (spends, { urgent = false, mostMs = Number.POSITIVE_INFINITY } = {}) => {
      for (let wait = longest(spends, urgent); wait > 0; wait = longest(spends, urgent)) {
        if (wait > mostMs) return false;
        await time.wait(wait);
      }
      for (const { limit, units } of spends) states.set(limit, spent(stateOf(limit), units));
      return true;
    },
    left: (limit, { urgent = false } = {}) => Promise.resolve(leftOf(shapeOf(limit), stateOf(limit), urgent, time.now())),
    report: (limits) => {
      for (const report of limits) states.set(report.limit, reported(shapeOf(report.limit), stateOf(report.limit), report));
      return Promise.resolve();
    },
  };
}

/** Renews through the provider and keeps the newest refresh token. */
export function testTokens<S extends object, C extends object>(
  provider: Provider<S, C>,
  account: Account<S, C>,
  http: VendorHttp,
  time: TestTime,
): TokenSource & { renewals: number; refreshToken: string | undefined } {
  let known: { readonly token: string; readonly until: number } | undefined;
  const source = {
    renewals: 0,
    refreshToken: undefined as string | undefined,
    current: async () => {
      if (known !== undefined && known.until > time.now()) return { token: known.token };
      if (provider.renew === undefined) throw new Error('this provider has no tokens');
      source.renewals += 1;
      const renewed = await provider.renew(account, http, source.refreshToken);
      if ('account' in renewed) return renewed;
      source.refreshToken = renewed.given.refreshToken ?? source.refreshToken;
      known = { token: renewed.given.accessToken, until: time.now() + renewed.given.expiresInMs - 30_000 };
      return { token: known.token };
    },
    isValid: (token: string) => Promise.resolve(known?.token === token && known.until > time.now()),
    refused: (token: string) => {
      if (known?.token === token) known = undefined;
      return Promise.resolve();
    },
  };
  return source;
}

/** Everything a provider is given, in memory. */
export function testTools<S extends object, C extends object>(
  provider: Provider<S, C>,
  account: Account<S, C>,
  time: TestTime = testTime(),
) {
  const http = testHttp();
  const budget = testBudget(provider.limits(account.settings), time);
  const tokens = testTokens(provider, account, http, time);
  const tools: ProviderTools = { http, budget, tokens, now: () => time.now(), newId: randomUUID };
  return { tools, http, budget, tokens, time };
}
