import { CountWorld, ten } from '../../test/count-world.js';
import { MAX_LINES_PER_COUNT } from './limits.js';

const opened = (): CountWorld => {
  const world = new CountWorld().has(10).has(10, 'POT').opens('CUP', 'POT');
  world.at = ten;
  return world;
};

const creation = (world: CountWorld, skus: readonly string[], requestHash = 'hash') => ({
  type: 'CreateCountBatch' as const,
  by: 'planner',
  batchId: 'cc_1',
  locationId: 'BER',
  blind: true,
  autoAccept: true,
  postedBack: false,
  requestHash,
  lines: skus.map((sku, place) => world.line(sku, String(place + 1))),
});

describe('a batch of counts', () => {
  it('is created once', () => {
    const world = opened();
    world.must(creation(world, ['CUP', 'POT']));
    expect(world.does(creation(world, ['CUP'], 'other'))?.code).toBe('idempotency_mismatch');
    expect(world.batch.lines).toHaveLength(2);
  });

  it.each([
    [[], 'no_lines'],
    [['CUP', 'CUP'], 'duplicate_line'],
    [Array.from({ length: MAX_LINES_PER_COUNT + 1 }, (_, place) => `S${String(place)}`), 'too_many_lines'],
  ] as const)('is refused with lines that cannot be', (skus, code) => {
    const world = new CountWorld();
    expect(world.does(creation(world, skus))?.code).toBe(code);
  });

  it('is started, counted and submitted', () => {
    const world = opened();
    expect(world.batch.phase).toBe('open');
    world.must({ type: 'StartCount', by: 'ann' });
    world.must({ type: 'StartCount', by: 'ann' });
    expect(world.batch.phase).toBe('counting');
    world.records(10, 'ann');
    expect(world.submits()).toEqual({ code: 'line_not_counted', details: { lines: ['2'] } });
    world.records(10, 'ann', { sku: 'POT' });
    expect([world.submits(), world.batch.phase, world.submits()]).toEqual([undefined, 'resolved', undefined]);
  });

  it('takes no counts when it is in review, and none of a line that is decided', () => {
    const world = opened();
    world.records(10, 'ann');
    world.records(5, 'ann', { sku: 'POT' });
    world.submits();
    expect(world.records(10, 'ben')).toMatchObject({ code: 'line_equal' });
    world.records(5, 'ben', { sku: 'POT' });
    world.submits();
    expect(world.records(5, 'cyd', { sku: 'POT' })).toMatchObject({ code: 'batch_review' });
    expect(world.does({ type: 'StartCount', by: 'ann' })?.code).toBe('batch_review');
  });

  it.each([
    [[{ lineId: '9' }], 'unknown_line'],
    [[{ lineId: '1' }, { lineId: '1' }], 'duplicate_line'],
    [[], 'no_lines'],
  ] as const)('takes all counts of a sheet or none', (counts, code) => {
    const world = opened();
    const sheet = counts.map((count) => ({ ...count, ...world.count('CUP', 3) }));
    expect(world.does({ type: 'RecordCounts', by: 'ann', counts: sheet })?.code).toBe(code);
    expect(world.batch.phase).toBe('open');
  });
});

describe('lines that are added', () => {
  const pan = (world: CountWorld) => ({
    type: 'AddCountLine' as const,
    by: 'ann',
    line: world.line('PAN', '0'),
    count: world.count('PAN', 5),
  });

  it('get the next number and are counted', () => {
    const world = opened();
    world.stock({ type: 'DescribeProduct', verified: true }, 'PAN');
    world.must(pan(world));
    expect(world.lineOf('PAN')).toMatchObject({ lineId: '3', status: 'counted', added: true, entries: [{ quantity: 5 }] });
    expect(world.does(pan(world))).toMatchObject({ code: 'already_being_counted', details: { batchId: 'cc_1', lineId: '3' } });
  });

  it('may be taken back, and no others', () => {
    const world = opened();
    world.stock({ type: 'DescribeProduct', verified: true }, 'PAN');
    world.must(pan(world));
    expect(world.does({ type: 'RemoveCountLine', by: 'ann', lineId: '1' })?.code).toBe('line_not_added');
    expect(world.does({ type: 'RemoveCountLine', by: 'ann', lineId: '7' })?.code).toBe('unknown_line');
    world.must({ type: 'RemoveCountLine', by: 'ann', lineId: '3' });
    world.must(pan(world));
    expect(world.lineOf('PAN').lineId).toBe('4');
  });

  it('are a surplus that is seen before it is booked', () => {
    const world = opened();
    world.stock({ type: 'DescribeProduct', verified: true }, 'PAN');
    world.must(pan(world));
    world.records(10, 'ann');
    world.records(10, 'ann', { sku: 'POT' });
    world.submits();
    expect(world.lineOf('PAN')).toMatchObject({ status: 'recount', judged: { variance: 5, book: 0 } });
    expect(world.onHand('PAN')).toBe(0);
  });
});

describe('cancelling', () => {
  it('ends a batch of which nothing was booked', () => {
    const world = opened();
    world.records(5, 'ann');
    world.must({ type: 'CancelCount', by: 'planner' });
    world.must({ type: 'CancelCount', by: 'planner' });
    expect(world.batch.phase).toBe('cancelled');
    expect(world.records(5, 'ann')?.code).toBe('batch_cancelled');
    expect(world.does({ type: 'SubmitCount', by: 'ann', nettings: [] })?.code).toBe('batch_cancelled');
    expect(world.accepts()).toBe('batch_cancelled');
  });

  it('is refused once a line was booked', () => {
    const world = opened();
    world.records(10, 'ann');
    world.records(5, 'ann', { sku: 'POT' });
    world.submits();
    expect(world.does({ type: 'CancelCount', by: 'planner' })?.code).toBe('batch_partly_resolved');
    world.records(10, 'ben', { sku: 'POT' });
    world.submits();
    expect(world.does({ type: 'CancelCount', by: 'planner' })?.code).toBe('batch_resolved');
  });

  it('closes a batch that was never created', () => {
    const world = new CountWorld().has(10);
    world.must({ type: 'CancelCount', by: 'planner' });
    expect(world.does(creation(world, ['CUP']))?.code).toBe('batch_cancelled');
  });
});

describe('resolving', () => {
  it('answers for each line', () => {
    const world = opened();
    world.records(5, 'ann');
    world.records(5, 'ann', { sku: 'POT' });
    world.submits();
    world.records(5, 'ben');
    world.records(5, 'ben', { sku: 'POT' });
    world.submits();
    const decisions = [
      { decision: 'reject' as const, reasonCode: 'other' },
      { lineId: '2', decision: 'accept' as const, reasonCode: 'missing', reason: 'not found' },
      { lineId: '9', decision: 'accept' as const },
    ];
    expect(world.resolves('boss', ...decisions)).toEqual(['rejected', 'accepted', 'unknown_line']);
    expect([world.onHand(), world.onHand('POT'), world.batch.phase]).toEqual([10, 5, 'resolved']);
    expect(world.stream('POT').events.at(-1)).toMatchObject({ event: { reasonCode: 'missing', reason: 'not found', delta: -5 } });
    expect(world.resolves('boss', { decision: 'accept' })).toBe('line_rejected');
    expect(world.resolves('boss', { decision: 'reject', lineId: '2' })).toBe('line_accepted');
  });

  it('needs a batch that was counted', () => {
    const world = opened();
    expect(world.accepts()).toBe('batch_open');
    world.records(5, 'ann');
    expect(world.accepts()).toBe('batch_counting');
    expect(world.resolves('boss', { lineId: '2', decision: 'accept' })).toBe('line_not_counted');
    expect(new CountWorld().accepts()).toBe('unknown_batch');
  });
});
