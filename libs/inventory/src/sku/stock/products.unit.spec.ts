import { described, received } from '../../../test/events.js';
import { describeProduct, reportLevel, setSafetyStock } from '../../../test/commands.js';
import { fold, given } from '../../../test/given.js';
import { morning } from '../../../test/times.js';

describe('describing a product', () => {
  it('makes it known', () => {
    given()
      .when(describeProduct({ name: 'Lantern' }))
      .then(described({ commandId: 'describe', name: 'Lantern' }));
  });

  it('says only what is new', () => {
    given(described({ name: 'Lantern', category: 'Garden' }))
      .when(describeProduct({ name: 'Lantern', category: 'Camping' }))
      .then(described({ commandId: 'describe', category: 'Camping' }));
  });

  it('says its units of measure as a whole, and nothing where they are the same', () => {
    const box = { unit: 'BOX', units: '12' };
    const six = { ...box, units: '6' };
    given(described({ units: [box] }))
      .when(describeProduct({ units: [{ ...box }] }))
      .thenNothing();
    given(described({ units: [box] }))
      .when(describeProduct({ units: [six] }))
      .then(described({ commandId: 'describe', units: [six] }));
    given(described({ units: [box] }))
      .when(describeProduct({ units: [] }))
      .then(described({ commandId: 'describe', units: [] }));
    given(described())
      .when(describeProduct({ units: [] }))
      .thenNothing();
  });

  it('says nothing where all is known', () => {
    given(described({ name: 'Lantern' }))
      .when(describeProduct({ name: 'Lantern' }))
      .thenNothing();
  });

  it('does not take an earlier description over a later one when it comes again', () => {
    given(described({ name: 'Lantern', commandId: 'describe' }), described({ name: 'Lamp', commandId: 'later' }))
      .when(describeProduct({ name: 'Lantern' }))
      .thenNothing();
  });

  it('verifies what an ERP named first, and never takes that back', () => {
    given(described({ verified: false }))
      .when(describeProduct())
      .then(described({ commandId: 'describe' }));
    given(described())
      .when(describeProduct({ verified: false }))
      .thenNothing();
  });

  it('keeps fields that a later description leaves out', () => {
    expect(fold([described({ name: 'Lantern' }), described({ barcode: '471' })]).description).toEqual({ name: 'Lantern', barcode: '471' });
  });
});

describe('setting safety stock', () => {
  const set = { type: 'SafetyStockSet', commandId: 'safety', locationId: 'BER', quantity: 3 } as const;

  it('notes the units', () => {
    given(described()).when(setSafetyStock('BER', 3)).then(set);
  });

  it('changes nothing where it is so already, or when the command comes again after a later one', () => {
    given(described(), set)
      .when(setSafetyStock('BER', 3, { commandId: 'other' }))
      .thenNothing();
    given(described(), set, { ...set, commandId: 'later', quantity: 5 })
      .when(setSafetyStock('BER', 3))
      .thenNothing();
  });

  it('refuses an unknown SKU and a negative figure', () => {
    given().when(setSafetyStock('BER', 3)).thenRefused('unknown_sku');
    given(described()).when(setSafetyStock('BER', -1)).thenRefused('invalid_quantity', { quantity: -1, least: 0 });
  });

  it('does not take part in what a reservation may take', () => {
    expect(fold([received('BER', 5), set]).balances.get('BER')).toEqual({ onHand: 5, reserved: 0, safetyStock: 3, held: 0 });
  });
});

describe('the locations of a SKU', () => {
  it('are limited', () => {
    const everywhere = Array.from({ length: 1_000 }, (_, index) => received(`L${String(index)}`, 1));
    given(...everywhere)
      .when(reportLevel('BER', 1, morning))
      .thenRefused('too_many_locations', { most: 1_000 });
  });
});
