import { auditAnswers } from './answers.js';
import type { Reply } from './exchanges.js';
import { StockAudit } from './stock-audit.js';

const MOMENT = { time: 0, head: -1 };

/** What is said of a change of units at two locations. @param logged where it is in the log */
function said(reply: Reply, ...logged: readonly string[]): readonly string[] {
  const audit = new StockAudit();
  for (const [position, locationId] of logged.entries())
    audit.observe({
      stream: 'stock-acme.ale',
      type: 'StockAdjusted',
      id: String(position),
      position,
      commandId: 'one',
      at: 0,
      recordedAt: 0,
      data: { commandId: 'one', locationId, delta: 1 },
    });
  const request = { kind: 'stock', name: 'one', sku: 'ale', event: 'StockAdjusted', eventNames: ['one BER', 'one HAM'] } as const;
  return auditAnswers([{ request, reply, asked: MOMENT, answered: MOMENT }], new Map([['ale', audit]]));
}

describe('answers about a change at several locations', () => {
  const done: Reply = { kind: 'done', changed: true };
  const refused: Reply = { kind: 'refused', code: 'insufficient_stock', details: [] };

  it('are right where all of it is in the log, or after a refusal nothing', () => {
    expect(said(done, 'BER', 'HAM')).toEqual([]);
    expect(said(refused)).toEqual([]);
  });

  it('are wrong where a part of it is', () => {
    for (const reply of [done, refused, { kind: 'unknown' } as const])
      expect(said(reply, 'BER')).toContainEqual(expect.stringContaining('in part: 1, 0 times'));
  });

  it('are wrong where nothing is in the log, or it is there twice', () => {
    expect(said(done)).toEqual([expect.stringContaining('stands 0, 0 times')]);
    expect(said(done, 'BER', 'HAM', 'BER', 'HAM')).toEqual([expect.stringContaining('stands 2, 2 times')]);
  });
});
