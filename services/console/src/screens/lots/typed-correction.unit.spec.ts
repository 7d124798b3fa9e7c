import { correctionOf, isOptional, type TypedCorrection } from './typed-correction.js';

const typed: TypedCorrection = {
  sku: ' MILK ',
  locationId: 'BER',
  lotId: ' L1 ',
  fromLotId: 'L2',
  toLotId: 'L3',
  quantity: '4',
  expiryDate: '2026-05-31',
  reasonCode: 'lot_correction',
  reason: ' label ',
  mayUncoverPromises: true,
};
const moved = { sku: 'MILK', locationId: 'BER', reasonCode: 'lot_correction', reason: 'label', mayUncoverPromises: true };

describe('a lot correction as typed', () => {
  it('sends what its type asks for', () => {
    expect(correctionOf('assign', typed)).toEqual({ ...moved, type: 'assign', lotId: 'L1', quantity: 4, expiryDate: '2026-05-31' });
    expect(correctionOf('split', typed)).toEqual({ ...moved, type: 'split', fromLotId: 'L2', toLotId: 'L3', quantity: 4 });
    expect(correctionOf('settle', typed)).toEqual({ ...moved, type: 'settle' });
    expect(correctionOf('rename', typed)).toEqual({ type: 'rename', sku: 'MILK', lotId: 'L1', toLotId: 'L3', reason: 'label' });
  });

  it('merges all units where no number is typed', () => {
    expect(correctionOf('merge', { ...typed, quantity: '' })).toEqual({ ...moved, type: 'merge', fromLotId: 'L2', toLotId: 'L3' });
    expect([isOptional('merge', 'quantity'), isOptional('split', 'quantity')]).toEqual([true, false]);
  });

  it('takes the date away where none is typed', () => {
    const shared = { type: 'change_expiry', sku: 'MILK', lotId: 'L1' };
    expect(correctionOf('change_expiry', { ...typed, reason: '' })).toEqual({ ...shared, expiryDate: '2026-05-31' });
    expect(correctionOf('change_expiry', { ...typed, reason: '', expiryDate: '' })).toEqual({ ...shared, withoutExpiry: true });
  });
});
