import { CountWorld, ten } from '../../test/count-world.js';
import { countViolations } from './audit.js';
import type { CountLineState, CountState } from './state.js';

/** A batch of one line that was accepted and booked, with the line as it says. */
function batch(fields: Partial<CountLineState>, more: Partial<CountState> = {}): CountState {
  const world = new CountWorld().has(100).opens();
  world.at = ten;
  for (const by of ['ann', 'ben']) {
    world.records(75, by);
    world.submits();
  }
  world.accepts('boss');
  return { ...world.batch, lines: world.batch.lines.map((line) => ({ ...line, ...fields })), ...more };
}

describe('the audit of a batch', () => {
  it('finds nothing in a sound one', () => expect(countViolations(batch({}))).toEqual([]));

  it('names a line that is booked and open, or decided and not booked', () => {
    expect(countViolations(batch({ status: 'review' }))).toEqual(['line 1 of cc_1 is review and booked']);
    const { booked: _, ...line } = batch({}).lines[0] ?? ({} as CountLineState);
    expect(countViolations({ ...batch({}), lines: [line as CountLineState] })).toEqual(['line 1 of cc_1 is accepted and not booked']);
  });

  it('names who accepted what they counted', () => {
    const [line] = batch({}).lines;
    const judged = line?.judged && { ...line.judged, by: 'ben' };
    expect(countViolations(batch(judged === undefined ? {} : { judged }))).toEqual([
      'line 1 of cc_1 needed a reviewer and was accepted by ben, who counted it',
    ]);
  });

  it('names a SKU on two lines, a booking that nobody accepted, and one of a cancelled batch', () => {
    const [line] = batch({}).lines;
    if (line?.judged === undefined) throw new Error('the line was judged');
    expect(countViolations({ ...batch({}), lines: [line, { ...line, lineId: '2' }] })).toEqual(['line 2 of cc_1 counts CUP a second time']);
    expect(countViolations(batch({ judged: { ...line.judged, outcome: 'reject' } }))).toEqual([
      'line 1 of cc_1 was booked and not accepted',
    ]);
    expect(countViolations(batch({}, { phase: 'cancelled' }))).toEqual(['line 1 of cc_1 was booked and its batch cancelled']);
  });
});
