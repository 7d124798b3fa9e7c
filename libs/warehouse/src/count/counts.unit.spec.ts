import { CountWorld, hour, minute, ten } from '../../test/count-world.js';
import { countReport } from './report.js';

/** A world at ten with so many units, counted by ann as this. */
function counted(units: number, quantity: number, terms = {}): CountWorld {
  const world = new CountWorld(terms).has(units).opens();
  world.at = ten;
  expect(world.records(quantity, 'ann')).toBeUndefined();
  return world;
}

describe('sold is not picked', () => {
  it('C1 asks how many reserved units were picked where these may be the difference', () => {
    const world = new CountWorld().has(10).reserves('o1', 3).opens();
    world.at = ten;
    world.records(7, 'ann');
    world.submits();
    expect(world.lineOf().status).toBe('review');
    expect(
      world.does({ type: 'ResolveCount', by: 'boss', lines: [{ lineId: '1', decision: 'accept' }], nettings: world.nettings() }),
    ).toEqual({
      code: 'picked_units_unknown',
      details: { lines: [{ lineId: '1', code: 'picked_units_unknown', reservedUnits: 3, unpickedUnits: 0 }] },
    });
    expect(world.accepts('boss', { pickedUnits: 3 })).toEqual(['equal']);
    expect(world.commits('o1').onHand()).toBe(7);
  });

  it('C1 asks nobody where the counter said it', () => {
    const world = new CountWorld().has(10).reserves('o1', 3).opens();
    world.at = ten;
    world.records(7, 'ann', { pickedUnits: 3 });
    world.submits();
    expect([world.lineOf().status, world.batch.phase, world.onHand()]).toEqual(['equal', 'resolved', 10]);
  });

  it('C2 does not bring back what was sold and stands on the shelf still', () => {
    const world = new CountWorld().has(100);
    world.at = ten - 5 * minute;
    world.sells('o1', 4).opens();
    world.at = ten;
    world.records(100, 'ann');
    world.submits();
    expect(world.accepts()).toBe('picked_units_unknown');
    expect(world.accepts('boss', { awaitingPickUnits: 4 })).toEqual(['equal']);
    expect(world.onHand()).toBe(96);
  });

  it('asks nobody where the difference is larger than these can explain', () => {
    const world = new CountWorld().has(10).reserves('o1', 3).opens();
    world.at = ten;
    world.records(6, 'ann');
    world.submits();
    expect(world.lineOf()).toMatchObject({ status: 'recount', judged: { variance: -4 } });
  });

  it('takes no more picked units than were reserved, and no more awaiting ones than were sold', () => {
    const world = new CountWorld().has(10).reserves('o1', 3).opens();
    world.at = ten;
    expect(world.records(7, 'ann', { pickedUnits: 4 })?.code).toBe('picked_units_exceed');
    expect(world.records(7, 'ann', { awaitingPickUnits: 1 })?.code).toBe('picked_units_exceed');
    world.records(7, 'ann');
    world.submits();
    expect(world.accepts('boss', { pickedUnits: 4 })).toBe('picked_units_exceed');
  });

  it('forgets a sale after the pick window, and one that an ERP has issued', () => {
    const world = new CountWorld().has(100);
    world.at = ten - 5 * minute;
    world.sells('o1', 4).sells('o2', 3);
    world.at = ten;
    expect(world.book('CUP', ten)).toMatchObject({ units: 93, reservedUnits: 0, unpickedUnits: 7 });
    const issue = { connectionId: 'erp', locationId: 'BER', quantity: 4, orderId: 'o1' };
    world.stock({ type: 'IssueStock', messageId: 'i1', effectiveAt: ten - minute, ...issue });
    expect(world.book('CUP', ten)).toMatchObject({ units: 93, unpickedUnits: 3 });
    world.at = ten + minute;
    world.stock({ type: 'IssueStock', ...issue, messageId: 'i2', quantity: 3, orderId: 'o2', effectiveAt: ten + minute });
    expect(world.book('CUP', ten)).toMatchObject({ units: 93, unpickedUnits: 3 });
    world.pickWindowMs = 0;
    expect(world.book('CUP', ten)).toMatchObject({ unpickedUnits: 0 });
  });
});

describe('a count is compared with the stock as of its time', () => {
  it('C3 leaves a sale of later alone', () => {
    const world = counted(10, 10);
    world.at = ten + 5 * minute;
    world.sells('o1', 4).submits();
    expect([world.lineOf().status, world.onHand()]).toEqual(['equal', 6]);
  });

  it('leaves alone what was sold between counting and typing it in', () => {
    const world = new CountWorld().has(100).opens();
    world.at = ten + 5 * minute;
    world.sells('o1', 30);
    world.at = ten + 10 * minute;
    expect(world.records(100, 'ann', { countedAt: ten })).toBeUndefined();
    world.submits();
    expect([world.lineOf().status, world.onHand()]).toEqual(['equal', 70]);
  });

  it('takes what an offline shop tells of before the count as contained: 100, 3 sold, 2 told late, counted 95', () => {
    const world = new CountWorld().has(100);
    world.pickWindowMs = 0;
    world.at = ten;
    world.sells('o1', 3).opens();
    world.at = ten + 5 * minute;
    world.records(95, 'ann');
    world.at = ten + 10 * minute;
    const sale = { locationId: 'BER', delta: -2, reasonCode: 'consumed', effectiveAt: ten + minute, mayUncoverPromises: true };
    world.stock({ type: 'AdjustStock', ...sale });
    world.submits();
    expect([world.lineOf().judged?.variance, world.lineOf().status, world.onHand()]).toEqual([0, 'equal', 95]);
  });

  it('is equal where all was issued after it: snapshot 100, counted 100, then 100 issued', () => {
    const world = counted(100, 100);
    world.at = ten + minute;
    world.stock({ type: 'IssueStock', connectionId: 'erp', messageId: 'i', locationId: 'BER', quantity: 100, effectiveAt: ten + minute });
    world.submits();
    expect([world.lineOf().status, world.onHand()]).toEqual(['equal', 0]);
  });

  it('takes off what an ERP issued before it for an order that was committed after it', () => {
    const world = counted(100, 96);
    world.at = ten + 5 * minute;
    world.sells('o1', 4);
    expect(world.nettings()).toMatchObject([{ units: 100 }]);
    world.at = ten + 10 * minute;
    const issue = { connectionId: 'erp', locationId: 'BER', quantity: 4, orderId: 'o1' };
    world.stock({ type: 'IssueStock', messageId: 'i1', effectiveAt: ten - 5 * minute, ...issue }).submits();
    expect([world.lineOf().judged?.book, world.lineOf().status, world.onHand()]).toEqual([96, 'equal', 96]);
  });

  it('leaves alone what an ERP issued after it', () => {
    const world = counted(100, 100);
    world.at = ten + 5 * minute;
    world.sells('o1', 4);
    world.at = ten + 10 * minute;
    const issue = { connectionId: 'erp', locationId: 'BER', quantity: 4, orderId: 'o1' };
    world.stock({ type: 'IssueStock', messageId: 'i1', effectiveAt: ten + 5 * minute, ...issue }).submits();
    expect([world.lineOf().judged?.book, world.lineOf().status, world.onHand()]).toEqual([100, 'equal', 96]);
  });

  it('C5 takes a figure of before the count as part of the stock of then', () => {
    const world = new CountWorld().level(100, 8 * hour).opens();
    world.at = ten;
    world.records(95, 'ann');
    world.at = ten + 5 * minute;
    world.level(95, 9 * hour).submits();
    expect([world.lineOf().status, world.onHand()]).toEqual(['equal', 95]);
  });

  it('C5 is stale after a figure of later that changed on hand', () => {
    const world = new CountWorld().level(100, 8 * hour).opens();
    world.at = ten;
    world.records(95, 'ann');
    world.at = 12 * hour;
    world.level(95, 11 * hour).submits();
    expect([world.lineOf().status, world.batch.phase, world.onHand()]).toEqual(['stale', 'counting', 95]);
    expect(world.records(95, 'ann')).toBeUndefined();
    world.submits();
    expect([world.lineOf().status, world.batch.phase, world.onHand()]).toEqual(['equal', 'resolved', 95]);
  });

  it('is not stale after a figure of later that changed nothing', () => {
    const world = new CountWorld({ tolerancePct: 10 }).level(100, 8 * hour).opens();
    world.at = ten;
    world.records(95, 'ann');
    world.at = 12 * hour;
    world.level(100, 11 * hour).submits();
    expect([world.lineOf().status, world.onHand()]).toEqual(['accepted', 95]);
  });

  it('is stale after another count of later', () => {
    const world = counted(10, 9);
    world.at = ten + hour;
    world.stock({ type: 'RecordStock', locationId: 'BER', counted: 8, effectiveAt: ten + hour, reasonCode: 'count' }).submits();
    expect([world.lineOf().status, world.onHand()]).toEqual(['stale', 8]);
  });

  it('becomes stale, and is not booked, when the figure comes after it was accepted', () => {
    const world = counted(100, 75);
    world.submits();
    world.records(75, 'ben');
    world.submits();
    const nettings = world.nettings();
    world.must({ type: 'ResolveCount', by: 'boss', lines: [{ lineId: '1', decision: 'accept' }], nettings });
    world.at = 12 * hour;
    world.level(80, 11 * hour).books();
    expect([world.lineOf().status, world.batch.phase, world.onHand()]).toEqual(['stale', 'counting', 80]);
  });
});

describe('applied once', () => {
  it('C6 books 100 to 75 once, however often it is resolved', () => {
    const world = counted(100, 75);
    world.submits();
    world.records(75, 'ben');
    world.submits();
    expect([world.accepts(), world.accepts(), world.accepts('other')]).toEqual([['accepted'], ['accepted'], ['accepted']]);
    const adjusted = world.stream().events.filter(({ event }) => event.type === 'StockAdjusted');
    expect(adjusted).toMatchObject([{ event: { delta: -25, counted: 75, documentId: 'cc_1', effectiveAt: ten } }]);
    expect([world.onHand(), world.batch.phase]).toEqual([75, 'resolved']);
  });

  it('finds what an attempt booked before it died', () => {
    const world = counted(100, 75);
    world.submits();
    world.records(75, 'ben');
    world.submits();
    world.must({ type: 'ResolveCount', by: 'boss', lines: [{ lineId: '1', decision: 'accept' }], nettings: world.nettings() });
    const before = world.batch;
    world.books();
    world.batch = before;
    world.books();
    expect([world.onHand(), world.lineOf().booked?.delta]).toEqual([75, -25]);
  });

  it('records a count without a difference, and changes nothing', () => {
    const world = counted(10, 10);
    world.submits();
    expect(world.stream().events.at(-1)).toMatchObject({ event: { type: 'StockAdjusted', delta: 0, counted: 10 } });
  });
});

describe('recounts', () => {
  it('C7 two equal differences, each of its own time, end them', () => {
    const world = counted(100, 93);
    world.pickWindowMs = 0;
    world.submits();
    expect(world.lineOf()).toMatchObject({ status: 'recount', judged: { variance: -7 } });
    world.at = ten + 30 * minute;
    world.sells('o1', 2);
    world.at = ten + hour;
    expect(world.records(91, 'ben')).toBeUndefined();
    world.submits();
    expect(world.lineOf()).toMatchObject({ status: 'review', judged: { variance: -7, book: 98 } });
    expect(world.batch.phase).toBe('review');
    expect(world.accepts()).toEqual(['accepted']);
    expect(world.onHand()).toBe(91);
  });

  it('C12 are by another person, and who counted does not accept', () => {
    const world = counted(100, 93);
    world.submits();
    expect(world.records(93, 'ann')?.code).toBe('same_counter');
    world.records(93, 'ben');
    world.submits();
    expect([world.accepts('ann'), world.accepts('ben')]).toEqual(['own_count', 'own_count']);
    expect(world.accepts('boss')).toEqual(['accepted']);
  });

  it('are two at most, then a person decides', () => {
    const world = counted(100, 93);
    for (const [by, quantity] of [
      ['ben', 92],
      ['cyd', 91],
    ] as const) {
      world.submits();
      expect(world.lineOf().status).toBe('recount');
      world.records(quantity, by);
    }
    world.submits();
    expect(world.lineOf()).toMatchObject({ status: 'review', recounts: 2 });
    expect(world.resolves('boss', { decision: 'recount' })).toBe('too_many_recounts');
  });

  it('are required before a line in recount is accepted, and may be asked for by a reviewer', () => {
    const world = counted(100, 93);
    world.submits();
    expect(world.accepts()).toBe('recount_required');
    world.records(93, 'ben');
    world.submits();
    expect(world.resolves('boss', { decision: 'recount' })).toEqual(['recount']);
    expect([world.batch.phase, world.records(93, 'cyd')]).toEqual(['counting', undefined]);
  });
});

describe('tolerance at submit', () => {
  it.each([
    [50, 48, 'accepted', 48],
    [50, 47, 'recount', 50],
    [0, 1, 'recount', 0],
  ])('C11 class C, %i recorded, %i counted: %s', (units, quantity, status, onHand) => {
    const world = new CountWorld({ class: 'C', tolerancePct: 5 });
    if (units > 0) world.has(units);
    else world.stock({ type: 'DescribeProduct', verified: true });
    world.opens();
    world.at = ten;
    world.records(quantity, 'ann');
    world.submits();
    expect([world.lineOf().status, world.onHand()]).toEqual([status, onHand]);
  });

  it('is left to a reviewer where nothing is accepted by itself', () => {
    const world = new CountWorld({ tolerancePct: 5 }).has(50).opens();
    world.batch = { ...world.batch, autoAccept: false };
    world.at = ten;
    world.records(48, 'ann');
    world.submits();
    expect(world.lineOf().status).toBe('review');
    expect(world.accepts('ann')).toEqual(['accepted']);
  });
});

describe('what was recorded', () => {
  it('C13 counts once a person, however often the sheet is sent', () => {
    const world = counted(100, 90);
    world.records(91, 'ann');
    world.records(93, 'ann');
    expect(world.lineOf().entries).toMatchObject([{ index: 0, quantity: 93, by: 'ann' }]);
    world.submits();
    world.records(93, 'ben');
    world.submits();
    expect(countReport(world.batch)).toMatchObject({ lines: 1, counted: 1, outOfTolerance: 1, netVarianceMinor: -7_000 });
  });

  it('C14 a stale line does not hold up another', () => {
    const world = new CountWorld()
      .level(100, 8 * hour)
      .has(10, 'POT')
      .opens('CUP', 'POT');
    world.at = ten;
    world.records(93, 'ann');
    world.records(5, 'ann', { sku: 'POT' });
    world.submits();
    world.records(93, 'ben');
    world.records(5, 'ben', { sku: 'POT' });
    world.submits();
    world.at = 12 * hour;
    world.level(95, 11 * hour);
    expect(world.resolves('boss', { decision: 'accept' }, { lineId: '2', decision: 'accept' })).toEqual(['stale', 'accepted']);
    expect([world.onHand(), world.onHand('POT'), world.batch.phase]).toEqual([95, 5, 'counting']);
  });

  it('C15 is not refused for promises', () => {
    const world = new CountWorld().has(10).reserves('o1', 8).opens();
    world.pickWindowMs = 0;
    world.at = ten;
    world.records(5, 'ann', { pickedUnits: 0 });
    world.submits();
    world.records(5, 'ben', { pickedUnits: 0 });
    world.submits();
    expect(world.accepts()).toEqual(['accepted']);
    expect(world.stream().state.balances.get('BER')).toMatchObject({ onHand: 5, reserved: 8 });
  });

  it('C16 stays after a figure of an ERP that is told and did not post it yet', () => {
    const world = new CountWorld({ tolerancePct: 5 }).level(100, 8 * hour).opens();
    world.batch = { ...world.batch, postedBack: true };
    world.at = ten;
    world.records(95, 'ann');
    world.submits();
    world.at = 12 * hour;
    expect([world.onHand(), world.level(100, 12 * hour).onHand()]).toEqual([95, 95]);
  });

  it('C18 is a fixed point: a receipt of before that comes later changes its difference, not on hand', () => {
    const world = new CountWorld({ tolerancePct: 10 }).level(100, 8 * hour).opens();
    world.at = ten;
    world.records(110, 'ann');
    world.submits();
    expect([world.lineOf().booked?.delta, world.onHand()]).toEqual([10, 110]);
    world.at = 34 * hour;
    const receipt = { connectionId: 'erp', messageId: 'late', locationId: 'BER', quantity: 10, effectiveAt: ten - 10 * minute };
    expect(world.stock({ type: 'ReceiveStock', ...receipt }).onHand()).toBe(110);
    expect(world.level(110, 12 * hour).onHand()).toBe(110);
  });
});

describe('figures of a batch', () => {
  it('show surplus and shortage both, and the share of lines that were right at first', () => {
    const world = new CountWorld().has(100).has(100, 'POT').has(10, 'PAN').opens('CUP', 'POT', 'PAN');
    world.at = ten;
    world.records(95, 'ann');
    world.records(105, 'ann', { sku: 'POT' });
    world.records(10, 'ann', { sku: 'PAN' });
    world.submits();
    expect(countReport(world.batch)).toEqual({
      lines: 3,
      counted: 3,
      outOfTolerance: 2,
      accuracy: 1 / 3,
      netVarianceMinor: 0,
      grossVarianceMinor: 10_000,
    });
  });
});
