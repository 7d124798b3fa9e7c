import { evolveSku, initialSkuState, type SkuEvent } from '@holdfast/inventory';
import { coveringOf, isAccepted, wholeLines, wholeStock } from './covering.js';
import type { PastEvent } from './netting.js';
import { initialCountState, type CountLineState } from './state.js';

const noon = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;

const received = (lotId: string | undefined, quantity: number, at = noon - 60 * minute): PastEvent => ({
  at,
  event: {
    ...({ type: 'StockReceived', locationId: 'BER', quantity, delta: quantity, effectiveAt: at, acknowledgedUnits: 0 } as const),
    messageId: `${lotId ?? ''} ${String(at)}`,
    ...(lotId === undefined ? {} : { positions: [{ locationId: 'BER', lotId, delta: quantity }] }),
  },
});
const declared = (lotId: string): PastEvent => ({ at: noon - 90 * minute, event: { type: 'LotDeclared', lotId, expiresAt: [] } });

const line = (lotId: string | undefined, bookUnits: number, countedAt = noon): CountLineState => ({
  ...({
    lineId: lotId ?? 'all',
    sku: 'MILK',
    class: 'C',
    tolerancePct: 5,
    added: false,
    status: 'counted',
    round: 0,
    recounts: 0,
  } as const),
  ...(lotId === undefined ? {} : { lotId }),
  entries: [
    {
      ...{ quantity: bookUnits, countedAt, index: 0, round: 0, by: 'ann', void: false },
      book: { revision: 0, units: bookUnits, reservedUnits: 0, unpickedUnits: 0 },
    },
  ],
});

function covering(lines: readonly CountLineState[], past: readonly PastEvent[], since: readonly PastEvent[] = []) {
  const state = initialSkuState();
  for (const { event, at } of [...past, ...since]) evolveSku(state, event, at);
  return coveringOf(wholeStock(state, { locationId: 'BER', batchId: 'cc_1' }, lines, noon + 60 * minute), since);
}

const past = [declared('A'), declared('B'), received('A', 10), received('B', 5), received(undefined, 4)];

describe('lines of a SKU that count every position', () => {
  it('say what lies in no position, as of the last of them', () =>
    expect(covering([line('A', 10, noon - minute), line('B', 5)], past)).toMatchObject({ countedAt: noon, onHand: 19, unassigned: 4 }));

  it('do not where a lot with units is on no line, or all lines are of new places', () => {
    expect(covering([line('A', 10)], past)).toBeUndefined();
    expect(covering([line('A', 0)], [declared('A'), received(undefined, 4)])).toBeUndefined();
  });

  it('leave what came later where it is: it was not there when they were counted', () => {
    const later = [declared('C'), received('C', 7, noon + minute), received(undefined, 3, noon + minute)];
    expect(covering([line('A', 10), line('B', 5)], past, later)).toMatchObject({ onHand: 19, unassigned: 4 });
  });

  it('have counted what an earlier receipt tells later', () =>
    expect(covering([line('A', 10), line('B', 5)], past, [received(undefined, 3, noon - minute)])).toMatchObject({
      onHand: 22,
      unassigned: 7,
    }));

  it('say nothing where units in no position came or went between the first and the last of them', () => {
    expect(covering([line('A', 10, noon - 2 * minute), line('B', 5)], past, [received(undefined, 7, noon - minute)])).toBeUndefined();
    expect(covering([line('A', 10, noon - 2 * minute), line('B', 5)], past, [received('B', 7, noon - minute)])).toMatchObject({
      unassigned: 4,
    });
  });

  it('say the same of units in no position after a surplus of the batch met some of them', () => {
    const own: SkuEvent = {
      ...({ type: 'StockAdjusted', locationId: 'BER', delta: 0, recorded: 13, reasonCode: 'count', documentId: 'cc_1' } as const),
      ...{ commandId: 'own', effectiveAt: noon - minute, positions: [{ locationId: 'BER', lotId: 'A', delta: 3 }] },
    };
    expect(covering([line('A', 10, noon - 2 * minute), line('B', 5)], past, [{ event: own, at: noon + minute }])).toMatchObject({
      unassigned: 1,
      residue: 4,
    });
  });

  it('are those of a batch that was planned to be complete alone, and a person accepts what they leave out', () => {
    const lines = [line('A', 10), line('B', 5)];
    const batch = { ...initialCountState(), lines };
    expect(wholeLines(batch, 'MILK')).toBeUndefined();
    expect(wholeLines({ ...batch, complete: true }, 'MILK')).toEqual(lines);
    expect(wholeLines({ ...batch, complete: true, lines: [...lines, line(undefined, 3)] }, 'MILK')).toBeUndefined();
    const accepted = (unassigned: number): CountLineState => ({
      ...line('A', 10),
      judged: { lineId: 'A', outcome: 'accept', entry: 0, book: 10, variance: 0, within: true, unassigned, by: 'boss' },
    });
    expect([isAccepted({ residue: 4 }, lines), isAccepted({ residue: 0 }, lines)]).toEqual([false, true]);
    expect([isAccepted({ residue: 4 }, [accepted(4)]), isAccepted({ residue: 4 }, [accepted(3)])]).toEqual([true, false]);
  });

  it('say nothing after a later count, and where one line is of all', () => {
    const counted: SkuEvent = {
      ...({ type: 'StockAdjusted', locationId: 'BER', delta: 0, counted: 19, reasonCode: 'count' } as const),
      ...{ commandId: 'other', effectiveAt: noon + minute },
    };
    expect(covering([line('A', 10), line('B', 5)], past, [{ event: counted, at: noon + minute }])).toBeUndefined();
    expect(covering([line(undefined, 19)], past)).toBeUndefined();
  });
});
