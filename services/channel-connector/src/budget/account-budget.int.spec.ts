import { systemTimers } from '@holdfast/kit';
import { startDatabase, type TestDatabase } from '../../test/database.js';
import type { LimitShape } from '../providers/tools.js';
import { AccountBudget } from './account-budget.js';
import { PostgresLimitStates } from './postgres-limit-states.js';

const FAST = { kind: 'bucket', name: 'calls', perSecond: 200, burst: 40 } as const;
const CALLS: LimitShape = { kind: 'bucket', name: 'calls', perSecond: 0.001, burst: 10 };

let database: TestDatabase;
let channels = 0;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

/** The budget of one account in two processes. */
function inTwoProcesses(shape: LimitShape = CALLS): readonly [AccountBudget, AccountBudget] {
  channels += 1;
  const account = { tenant: 'demo', channelId: `shop-${String(channels)}` };
  const open = () =>
    new AccountBudget(new PostgresLimitStates(database.pool, account), [shape], {
      timers: systemTimers,
      now: Date.now,
      stopped: new AbortController().signal,
    });
  return [open(), open()];
}
const take = (budget: AccountBudget, units: number, urgent = false): Promise<boolean> =>
  budget.take([{ limit: 'calls', units }], { urgent, mostMs: 0 });

describe('the budget of an account', () => {
  it('is spent by all processes together, and its last tenth by what is urgent alone', async () => {
    const [one, other] = inTwoProcesses();
    expect([await take(one, 5), await take(other, 4), await take(one, 1), await take(other, 1, true)]).toEqual([true, true, false, true]);
    expect(await other.left('calls', { urgent: true })).toBeLessThan(1);
  });

  it('is never overdrawn where processes take from it at once', async () => {
    const [one, other] = inTwoProcesses();
    const taken = await Promise.all(Array.from({ length: 20 }, (_, index) => take(index % 2 === 0 ? one : other, 1, true)));
    expect(taken.filter((won) => won)).toHaveLength(10);
  });

  it('is one of all processes where one of them spends a part by itself', async () => {
    const [one, other] = inTwoProcesses(FAST);
    const began = Date.now();
    const taken = await Promise.all(
      Array.from({ length: 160 }, (_, index) => (index % 4 === 0 ? other : one).take([{ limit: 'calls', units: 1 }])),
    );
    expect(taken.every((got) => got)).toBe(true);
    expect(Date.now() - began).toBeGreaterThanOrEqual(((160 - FAST.burst) / FAST.perSecond) * 1_000 - 20);
  });

  it('rests in every process until the time that the vendor named', async () => {
    const [one, other] = inTwoProcesses();
    await one.report([{ limit: 'calls', notBefore: Date.now() + 60_000 }]);
    expect(await take(other, 1, true)).toBe(false);
    const [unhurt] = inTwoProcesses();
    expect(await take(unhurt, 1)).toBe(true);
  });
});
