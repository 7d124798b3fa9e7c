import { fillsLimit, LEAST_USED, MOST_REFUSED, SYNC_CASES, usedOf } from './cases.js';
import { VirtualDelivery } from './virtual-delivery.js';

let rig: VirtualDelivery | undefined;
afterEach(async () => {
  await rig?.stop();
  rig = undefined;
});

describe('a storm in which every listing of a channel changes', () => {
  it.each(SYNC_CASES)('uses what $vendor lets through and is hardly ever refused, $how', async (one) => {
    rig = await VirtualDelivery.start({ ...one, listings: one.fewListings });
    const first = await rig.tellAll((index) => 10 + (index % 7));
    const again = await rig.tellAll((index) => 30 + (index % 7));
    for (const [storm, when] of [
      [first, 'first'],
      [again, 'again'],
    ] as const) {
      expect(storm.throttled).toBeLessThanOrEqual(storm.calls * MOST_REFUSED);
      if (fillsLimit(one, when)) expect(usedOf(one, storm)).toBeGreaterThanOrEqual(LEAST_USED);
    }
    expect(rig.vendor.log.violations).toEqual([]);
  });
});
