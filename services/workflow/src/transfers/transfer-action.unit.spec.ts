import { actionCommand } from './transfer-action.js';

const over = (sku: string, reasonCode?: string) => ({
  sku,
  quantity: 2,
  over: { quantity: 1, ...(reasonCode === undefined ? {} : { reasonCode }) },
});
const receive = (...lines: readonly ReturnType<typeof over>[]) =>
  actionCommand({ action: 'receive', lines: [...lines] }, { at: 0, commandId: 'c1', actor: 'key-1' });

describe('a receipt with a surplus', () => {
  it('has one reason a SKU, which one of its lines names', () => {
    expect(receive(over('A'), over('A', 'found'), over('B'), over('A'))).toMatchObject({
      lines: [
        { sku: 'A', over: { quantity: 3, reasonCode: 'found' } },
        { sku: 'B', over: { quantity: 1, reasonCode: 'over_receipt' } },
      ],
    });
  });

  it('is refused where lines of a SKU name two, also where the second is none', () => {
    for (const second of ['over_receipt', 'gremlins']) {
      expect(() => receive(over('A', 'found'), over('B', 'over_receipt'), over('A', second))).toThrow(
        expect.objectContaining({
          status: 400,
          code: 'validation_failed',
          details: [expect.objectContaining({ field: 'lines[2].over.reasonCode' })],
        }),
      );
    }
  });
});
