import { CountWorld, minute, ten } from '../../test/count-world.js';

/** A world at ten with 97 units: 100, of which 3 were sold before; it is counted as this at five past. */
function counted(quantity: number): CountWorld {
  const world = new CountWorld().has(100);
  world.pickWindowMs = 0;
  world.at = ten;
  world.sells('o1', 3).opens();
  world.at = ten + 5 * minute;
  expect(world.records(quantity, 'ann')).toBeUndefined();
  world.at = ten + 10 * minute;
  return world;
}

const outcome = (world: CountWorld) => {
  world.submits();
  return [world.lineOf().judged?.book, world.lineOf().judged?.variance, world.lineOf().status, world.onHand()];
};

describe('a sale that is told of after a count', () => {
  it('is contained in it where its commit says that it was made before: 100, 3 sold, 2 told late, counted 95', () => {
    const world = counted(95);
    world.reserves('o2', 2).commits('o2', { soldAt: ten + 4 * minute });
    expect(outcome(world)).toEqual([95, 0, 'equal', 95]);
  });

  it('is contained in it where only its reservation says so', () => {
    const world = counted(95);
    world.reserves('o2', 2, { soldAt: ten + 4 * minute }).commits('o2');
    expect(outcome(world)).toEqual([95, 0, 'equal', 95]);
  });

  it('is left alone where its commit says that it was made after, whatever its reservation says', () => {
    const world = counted(97);
    world.reserves('o2', 2, { soldAt: ten + 4 * minute }).commits('o2', { soldAt: ten + 6 * minute });
    expect(outcome(world)).toEqual([97, 0, 'equal', 95]);
  });

  it('is left alone where it does not say when it was made', () => {
    const world = counted(97);
    world.sells('o2', 2);
    expect(outcome(world)).toEqual([97, 0, 'equal', 95]);
  });

  it('is contained once where an ERP posts its issue at a time before the count, too', () => {
    const world = counted(95);
    world.reserves('o2', 2).commits('o2', { soldAt: ten + 4 * minute });
    const issue = { connectionId: 'erp', locationId: 'BER', quantity: 2, orderId: 'o2' };
    world.stock({ type: 'IssueStock', messageId: 'i1', effectiveAt: ten + 4 * minute, ...issue });
    expect(outcome(world)).toEqual([95, 0, 'equal', 95]);
  });

  it('is not contained where its commit was reversed', () => {
    const world = counted(97);
    world.reserves('o2', 2).commits('o2', { soldAt: ten + 4 * minute });
    const committed = world.stream().events.findLast(({ event }) => event.type === 'ReservationCommitted')?.event;
    const commitCommandId = committed?.type === 'ReservationCommitted' ? committed.commitId : '';
    world.stock({ type: 'ReverseCommit', reservationId: 'rs_o2', commitCommandId, orderId: 'o2' });
    expect(outcome(world)).toEqual([97, 0, 'equal', 97]);
  });

  it('was reserved no longer at the time of a count that is typed in after it, and may stand on the shelf', () => {
    const world = new CountWorld().has(100).reserves('o1', 5);
    world.at = ten + minute;
    world.commits('o1', { soldAt: ten - minute });
    expect(world.book('CUP', ten)).toMatchObject({ units: 95, reservedUnits: 0, unpickedUnits: 5 });
    const issue = { connectionId: 'erp', locationId: 'BER', quantity: 2, orderId: 'o1' };
    world.stock({ type: 'IssueStock', messageId: 'i1', effectiveAt: ten - minute, ...issue });
    expect(world.book('CUP', ten)).toMatchObject({ units: 95, reservedUnits: 0, unpickedUnits: 3 });
    world.pickWindowMs = 0;
    expect(world.book('CUP', ten)).toMatchObject({ unpickedUnits: 0 });
  });

  it('takes nothing from what was reserved where its reservation came after the count as well', () => {
    const world = new CountWorld().has(100).reserves('o1', 5);
    world.at = ten + minute;
    world.reserves('o2', 2).commits('o2', { soldAt: ten - minute });
    expect(world.book('CUP', ten)).toMatchObject({ units: 98, reservedUnits: 5, unpickedUnits: 2 });
  });
});
