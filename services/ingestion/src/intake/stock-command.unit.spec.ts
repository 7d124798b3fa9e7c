import { issue, level, NOON, receipt } from '../../test/messages.js';
import { stockCommand } from './stock-command.js';

const berlin = { locationId: 'BER', postingLagMs: 60_000 };
const shared = { at: 5, commandId: 'c1', connectionId: 'sap', locationId: 'BER' };

describe('the command that an ERP message means', () => {
  it('is a report of a level with the posting lag of its connection', () =>
    expect(stockCommand(level('m1', { quantity: -3 }), berlin, 'c1', 5)).toEqual({
      type: 'ReportLevel',
      ...shared,
      messageId: 'm1',
      figure: -3,
      asOf: NOON,
      postingLagMs: 60_000,
    }));

  it('is a report with its document and with what the connection says of its figures', () =>
    expect(
      stockCommand(
        level('m1', { quantity: 6, documentId: 'M1' }),
        { ...berlin, adjustmentsPostedBack: true, figureCovers: 'unrestricted' },
        'c1',
        5,
      ),
    ).toMatchObject({ documentId: 'M1', adjustmentsPostedBack: true, covers: 'unrestricted' }));

  it('is a receipt at the time of its posting', () =>
    expect(stockCommand(receipt('m1', { quantity: 7, documentId: 'po-1' }), berlin, 'c1', 5)).toEqual({
      type: 'ReceiveStock',
      ...shared,
      messageId: 'm1',
      quantity: 7,
      effectiveAt: NOON,
      documentId: 'po-1',
    }));

  it('is a receipt of the delivery that it names', () =>
    expect(stockCommand(receipt('m1', { quantity: 7, inboundReference: 'po-77' }), berlin, 'c1', 5)).toMatchObject({
      type: 'ReceiveStock',
      inboundReference: 'po-77',
    }));

  it('is a receipt of a lot with its date', () => {
    const message = receipt('m1', { quantity: 7, lotId: 'L1', expiryDate: '2026-05-31' });
    expect(stockCommand(message, berlin, 'c1', 5, { expiresAt: NOON })).toMatchObject({
      type: 'ReceiveStock',
      quantity: 7,
      positions: [{ lotId: 'L1', quantity: 7, expiryDate: '2026-05-31', expiresAt: NOON }],
    });
  });

  it('is a receipt into the bin where goods wait to be put away', () =>
    expect(stockCommand(receipt('m1', { quantity: 7 }), berlin, 'c1', 5, { bin: { binId: 'REC', sellable: false } })).toMatchObject({
      type: 'ReceiveStock',
      arrivalBin: { binId: 'REC', sellable: false },
    }));

  it('is an issue of a lot', () =>
    expect(stockCommand(issue('m1', { lotId: 'L1' }), berlin, 'c1', 5)).toMatchObject({ type: 'IssueStock', lotId: 'L1' }));

  it('is an issue that names the order', () =>
    expect(stockCommand(issue('m1', { quantity: 2, orderId: 'o-1' }), berlin, 'c1', 5)).toEqual({
      type: 'IssueStock',
      ...shared,
      messageId: 'm1',
      quantity: 2,
      effectiveAt: NOON,
      orderId: 'o-1',
    }));
});
