import { Costs, refillMs, reportOf } from './limits.js';

describe('the cost of a query', () => {
  it('is the estimate until the shop tells another', () => {
    const costs = new Costs();
    expect(costs.points('Levels', 30)).toBe(30);
    costs.learn('Levels', 30, { requestedQueryCost: 45 });
    expect(costs.points('Levels', 10)).toBe(15);
    expect(costs.points('SetQuantities', 10)).toBe(10);
  });

  it('is taken as the dearest that was seen, so that no call is refused', () => {
    const costs = new Costs();
    costs.learn('Levels', 10, { requestedQueryCost: 20 });
    costs.learn('Levels', 10, { requestedQueryCost: 5 });
    expect(costs.points('Levels', 10)).toBe(20);
    costs.learn('Levels', 10, {});
    expect(costs.points('Levels', 10)).toBe(20);
  });
});

describe("the shop's bucket", () => {
  it('is taken as reported, and what is not reported stays', () => {
    const throttleStatus = { maximumAvailable: 20_000, currentlyAvailable: 17, restoreRate: 1_000 };
    expect(reportOf({ throttleStatus }, 10)).toEqual({ limit: 'points', remaining: 17, perSecond: 1_000, burst: 20_000 });
    expect(reportOf({}, 10)).toEqual({ limit: 'points' });
  });

  it('gives back what a query asked for and did not get, all of it where the call was refused', () => {
    expect(reportOf({ actualQueryCost: 3 }, 10)).toEqual({ limit: 'points', returned: 7 });
    expect(reportOf({ actualQueryCost: null }, 10)).toEqual({ limit: 'points', returned: 10 });
  });

  it('is asked again after a moment at least', () =>
    expect(refillMs({ requestedQueryCost: 10, throttleStatus: { currentlyAvailable: 9.99, restoreRate: 1_000 } })).toBe(100));
});
