import { counterOf, mayBeUndone } from './undo.js';

const change = { sku: 'TEE', locationId: 'BER', delta: -3, documentId: 'adj_1' };

describe('a change of stock is taken back', () => {
  it('by the same units the other way, named after the document', () => {
    expect(counterOf([change, { ...change, sku: 'CAP', delta: 2, lotId: 'L1', binId: null }], 'Undo')).toEqual({
      locationId: 'BER',
      reasonCode: 'correction',
      reason: 'Undo',
      reference: 'adj_1',
      lines: [
        { sku: 'TEE', delta: 3 },
        { sku: 'CAP', delta: -2, lotId: 'L1' },
      ],
    });
  });

  it('not where nothing changed, nor over two locations at once', () => {
    expect(counterOf([], 'Undo')).toBeUndefined();
    expect(counterOf([{ ...change, delta: 0 }], 'Undo')).toBeUndefined();
    expect(counterOf([change, { ...change, locationId: 'HAM' }], 'Undo')).toBeUndefined();
  });

  const row = { ...change, source: 'api', reference: null };
  it.each([
    ['a difference', row, [row], true],
    ['a count', { ...row, source: 'count' }, [row], true],
    ['one that was taken back', row, [{ ...row, documentId: 'adj_2', delta: 3, reference: 'adj_1' }, row], false],
    ['one of a transfer', { ...row, source: 'transfer', documentId: 'tr_1' }, [row], false],
    ['one of a cycle count', { ...row, source: 'count', documentId: 'cc_1' }, [row], false],
    ['one that changed nothing', { ...row, delta: 0 }, [row], false],
  ])('%s', (_, one, rows, expected) => expect(mayBeUndone(one, rows)).toBe(expected));
});
