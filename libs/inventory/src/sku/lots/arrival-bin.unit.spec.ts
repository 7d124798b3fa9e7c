import { LotWorld } from '../../../test/lots.js';

const noon = Date.UTC(2026, 4, 20, 12);
const day = 86_400_000;
const world = (): LotWorld => new LotWorld(noon);
const arrivalBin = { binId: 'REC', sellable: false };
const available = (milk: LotWorld, locationId: string): number => {
  const { onHand, reserved, held } = milk.balance(locationId);
  return onHand - reserved - held;
};
/** Units by bin and lot; `-` for none. */
const bins = (milk: LotWorld, locationId: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...(milk.state.detail?.lots?.locations.get(locationId)?.lots ?? [])].flatMap(([lotId, there]) =>
      [...there.bins].map(([binId, units]) => [`${binId || '-'} ${lotId || '-'}`, units]),
    ),
  );

describe('a receipt at a location whose goods are not for sale before they are put away', () => {
  it('comes into its receiving bin and is held until it is put away', () => {
    const milk = world();
    milk.receiveLoose('BER', 5, { arrivalBin });
    milk.receive('BER', { A: [3, noon + day] }, { arrivalBin });
    expect(milk.balance()).toEqual({ onHand: 8, reserved: 0, held: 8 });
    expect(milk.reserve('r1', 1)).toMatchObject({ kind: 'refused', code: 'insufficient_stock' });
    milk.correct('bin', { moves: [{ fromBinId: 'REC', toBinId: 'A-01', quantity: 5, sellable: true }] });
    milk.correct('bin', { moves: [{ lotId: 'A', fromBinId: 'REC', toBinId: 'A-01', quantity: 3, sellable: true }] });
    expect(milk.balance()).toEqual({ onHand: 8, reserved: 0, held: 0 });
  });

  it('leaves units where their bin is named, and brings none that are the arrival of an own transfer', () => {
    const milk = world();
    milk.receiveLoose('BER', 5, { arrivalBin, positions: [{ binId: 'A-01', quantity: 2 }, { quantity: 3 }] });
    expect(bins(milk, 'BER')).toEqual({ 'A-01 -': 2, 'REC -': 3 });
    milk.receiveLoose('HAM', 4);
    milk.do('MoveStock', { commandId: 'move', fromLocationId: 'HAM', toLocationId: 'BER', quantity: 4, reference: 'move' });
    milk.receiveLoose('BER', 4, { arrivalBin, connectionId: 'erp', documentId: 'move' });
    expect(milk.balance()).toEqual({ onHand: 9, reserved: 0, held: 3 });
  });

  it('keeps units without a lot held where lots are required', () => {
    const milk = world();
    milk.receive('BER', { A: [1] });
    milk.do('SetLotControl', { control: 'required' });
    milk.receiveLoose('BER', 5, { arrivalBin, connectionId: 'erp' });
    expect(milk.balance()).toEqual({ onHand: 6, reserved: 0, held: 5 });
    milk.correct('assign', { toLotId: 'B', binId: 'REC', quantity: 5 });
    milk.correct('bin', { moves: [{ lotId: 'B', fromBinId: 'REC', toBinId: 'A-01', quantity: 5, sellable: true }] });
    expect(milk.balance()).toEqual({ onHand: 6, reserved: 0, held: 0 });
  });
});

describe('the receipt of a transfer there', () => {
  const travelling = (units = 10): LotWorld => {
    const milk = world();
    milk.receive('HAM', { A: [4, noon + day] });
    milk.receiveLoose('HAM', 20);
    const positions = [{ lotId: 'A', quantity: 4 }, { quantity: units - 4 }];
    milk.do('ShipTransfer', { transferId: 'T', startedAt: noon, fromLocationId: 'HAM', toLocationId: 'BER', quantity: units, positions });
    return milk;
  };
  const received = (milk: LotWorld, fields: object) =>
    milk.do('ReceiveTransfer', {
      transferId: 'T',
      receiptId: 'first',
      arrivalBin,
      lots: [{ lotId: 'A', expiresAt: noon + day }],
      ...fields,
    });

  it('brings good units into the bin, surplus ones too; rejected ones are held by number', () => {
    const milk = travelling();
    milk.receiveLoose('BER', 2);
    received(milk, { quantity: 9, rejected: 3, over: { quantity: 2, reasonCode: 'over_receipt' } });
    expect(bins(milk, 'BER')).toEqual({ 'REC A': 4, 'REC -': 5 });
    expect(milk.balance()).toEqual({ onHand: 14, reserved: 0, held: 12 });
    expect(available(milk, 'BER')).toBe(2);
  });

  it('is held also where the SKU had no lots, bins and holds', () => {
    const cup = world();
    cup.receiveLoose('HAM', 10);
    cup.do('ShipTransfer', { transferId: 'T', startedAt: noon, fromLocationId: 'HAM', toLocationId: 'BER', quantity: 10 });
    cup.do('ReceiveTransfer', { transferId: 'T', receiptId: 'first', quantity: 10, toLocationId: 'BER', arrivalBin });
    expect(cup.balance()).toEqual({ onHand: 10, reserved: 0, held: 10 });
  });

  it('brings every unit of a second receipt too', () => {
    const milk = travelling();
    received(milk, { quantity: 2 });
    received(milk, { receiptId: 'second', quantity: 8 });
    expect(bins(milk, 'BER')).toEqual({ 'REC A': 4, 'REC -': 6 });
    expect(milk.balance()).toEqual({ onHand: 10, reserved: 0, held: 10 });
  });

  it('leaves units under a hold in no bin: they are held already', () => {
    const milk = world();
    milk.receiveLoose('HAM', 10);
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'quality', locationId: 'HAM', quantity: 4 });
    const route = { fromLocationId: 'HAM', toLocationId: 'BER', quantity: 4, holdId: 'h1' };
    milk.do('ShipTransfer', { transferId: 'T', startedAt: noon, ...route });
    milk.receiveLoose('BER', 6);
    milk.do('ReceiveTransfer', { transferId: 'T', receiptId: 'first', quantity: 4, arrivalBin });
    expect(milk.balance()).toEqual({ onHand: 10, reserved: 0, held: 4 });
  });
});
