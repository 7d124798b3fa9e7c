import { counterOf, mayBeUndone } from './undo.js';

const change = { id: 'adj_1~1', documentId: 'adj_1', sku: 'TEE', locationId: 'BER', delta: -3 };

describe('a change of stock is taken back', () => {
  const counter = { locationId: 'BER', reasonCode: 'correction', reason: 'Undo', reference: 'adj_1', undoes: 'adj_1~1' };

  it('by the same units the other way, named after the row and its document', () => {
    expect(counterOf(change, 'Undo')).toEqual({ ...counter, lines: [{ sku: 'TEE', delta: 3 }] });
  });

  it('lot by lot and bin by bin, and units without one beside them', () => {
    const changes = [
      { lotId: 'L1', binId: null, delta: -4 },
      { lotId: 'L2', binId: 'A-1', delta: 2 },
    ];
    const lines = [
      { sku: 'TEE', delta: 4, lotId: 'L1' },
      { sku: 'TEE', delta: -2, lotId: 'L2', binId: 'A-1' },
    ];
    expect(counterOf({ ...change, changes, delta: -2 }, 'Undo')).toEqual({ ...counter, lines });
    expect(counterOf({ ...change, changes }, 'Undo')).toEqual({ ...counter, lines: [...lines, { sku: 'TEE', delta: 1 }] });
  });

  it('not where nothing changed', () => {
    expect(counterOf({ ...change, delta: 0 }, 'Undo')).toBeUndefined();
  });

  const row = { ...change, source: 'api', reference: null };
  it.each([
    ['a difference', row, [row], true],
    ['a count', { ...row, source: 'count' }, [row], true],
    ['one that was taken back', row, [{ ...row, documentId: 'adj_2', delta: 3, reference: 'adj_1' }, row], false],
    [
      'one that was taken back lot by lot',
      row,
      [row, ...[1, 2].map((delta) => ({ ...row, documentId: 'adj_2', delta, reference: 'adj_1' }))],
      false,
    ],
    ['one of a transfer', { ...row, source: 'transfer', documentId: 'tr_1' }, [row], false],
    ['one of a cycle count', { ...row, source: 'count', documentId: 'cc_1' }, [row], false],
    ['one that changed nothing', { ...row, delta: 0 }, [row], false],
  ])('%s', (_, one, rows, expected) => expect(mayBeUndone(one, rows)).toBe(expected));
});
