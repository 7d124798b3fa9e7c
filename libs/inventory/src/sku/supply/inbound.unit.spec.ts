import { cancelInbound, declareInbound, receive } from '../../../test/commands.js';
import { declared, described, received, shipped } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { hour, noon } from '../../../test/times.js';
import { decideSku, openUnitsOf } from '../../index.js';

const tomorrow = noon + 24 * hour;

describe('announcing a delivery', () => {
  it('is written down, once, and again where something of it changes', () => {
    given(described())
      .when(declareInbound('po-1', 5))
      .then(declared('po-1', 5, { commandId: 'declare po-1' }));
    given(described(), declared('po-1', 5)).when(declareInbound('po-1', 5)).thenNothing();
    given(described(), declared('po-1', 5, { commandId: 'declare po-1' }))
      .when(declareInbound('po-1', 6))
      .thenNothing();
    for (const change of [{ quantity: 6 }, { locationId: 'HAM' }, { expectedAt: tomorrow + 1 }]) {
      const { commandId, reference, quantity, ...rest } = { ...declared('po-1', 5, { commandId: 'declare po-1' }), ...change };
      given(described(), declared('po-1', 5))
        .when(declareInbound(reference, quantity, { ...change }))
        .then({ commandId, reference, quantity, ...rest });
    }
  });

  it('makes its location one of the SKU', () => {
    expect(fold([described(), declared('po-1', 5, { locationId: 'MUC' })]).balances.get('MUC')).toEqual({
      onHand: 0,
      reserved: 0,
      safetyStock: 0,
      held: 0,
    });
  });

  it('is refused for a SKU nobody knows, for no units, and for one too many', () => {
    given().when(declareInbound('po-1', 5)).thenRefused('unknown_sku');
    given(described()).when(declareInbound('po-1', 0)).thenRefused('invalid_quantity');
    given(described())
      .when(declareInbound('po-1', 1, { expectedAt: -1 }))
      .thenRefused('invalid_quantity', { expectedAt: -1 });
    const many = Array.from({ length: 1_000 }, (_, index) => declared(`po-${String(index)}`, 1));
    given(...many)
      .when(declareInbound('another', 5))
      .thenRefused('too_many_inbound', { most: 1_000 });
    given(...many, received('BER', 1, { inbound: [{ reference: 'po-7', quantity: 1 }] }))
      .when(declareInbound('another', 5))
      .then(declared('another', 5, { commandId: 'declare another' }));
  });

  it('of more than can be remembered forgets one that is here', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => declared(`po-${String(index)}`, 1));
    const here = received('BER', 1, { inbound: [{ reference: 'po-7', quantity: 1 }] });
    const known = fold([...many, here, declared('another', 1)]).supply?.inbound;
    expect(known?.size).toBe(1_000);
    expect(known?.has('po-7')).toBe(false);
  });

  it('can be taken back, unless nobody heard of it', () => {
    given(described(), declared('po-1', 5))
      .when(cancelInbound('po-1'))
      .then({ type: 'InboundCancelled', commandId: 'cancel po-1', reference: 'po-1' });
    given(described(), declared('po-1', 5), { type: 'InboundCancelled', commandId: 'cancel po-1', reference: 'po-1' })
      .when(cancelInbound('po-1'))
      .thenNothing();
    given(described()).when(cancelInbound('po-1')).thenRefused('unknown_inbound', { reference: 'po-1' });
  });
});

describe('a receipt', () => {
  const expected = [
    described(),
    declared('late', 4, { expectedAt: tomorrow + 1 }),
    declared('soon', 3),
    declared('elsewhere', 9, { locationId: 'HAM', expectedAt: 0 }),
  ];
  const inboundOf = (command: Parameters<typeof receive>[2], quantity = 5): unknown => {
    const decision = decideSku(fold(expected), receive('BER', quantity, command));
    return decision.kind === 'accepted' && decision.events.map((event) => ('inbound' in event ? event.inbound : 'none'))[0];
  };

  it('that names a delivery is that one, wherever it arrives, and no more of it than is to come', () => {
    expect(inboundOf({ inboundReference: 'late' }, 4)).toEqual([{ reference: 'late', quantity: 4 }]);
    expect(inboundOf({ inboundReference: 'elsewhere' })).toEqual([{ reference: 'elsewhere', quantity: 5 }]);
    expect(inboundOf({ inboundReference: 'nobody knows' })).toBe('none');
  });

  it('whose document is called like a delivery is that one', () => {
    expect(inboundOf({ documentId: 'late' }, 4)).toEqual([{ reference: 'late', quantity: 4 }]);
    expect(inboundOf({ documentId: 'late', inboundReference: 'soon' }, 3)).toEqual([{ reference: 'soon', quantity: 3 }]);
  });

  it('that names none is what is expected there first', () => {
    expect(inboundOf({ documentId: 'note 12' })).toEqual([
      { reference: 'soon', quantity: 3 },
      { reference: 'late', quantity: 2 },
    ]);
    expect(inboundOf({}, 9)).toEqual([
      { reference: 'soon', quantity: 3 },
      { reference: 'late', quantity: 4 },
    ]);
  });

  it('of more than the delivery that it names is booked in full, and says what came beyond it, also once all of it is here', () => {
    const bring = (quantity: number, messageId: string) => receive('BER', quantity, { messageId, inboundReference: 'soon' });
    const first = decideSku(fold(expected), bring(5, 'm1'));
    expect(first).toMatchObject({ events: [{ quantity: 5, delta: 5, inbound: [{ reference: 'soon', quantity: 3, excess: 2 }] }] });
    const events = first.kind === 'accepted' ? first.events : [];
    const then = decideSku(fold([...expected, ...events]), bring(1, 'm2'));
    expect(then).toMatchObject({ events: [{ delta: 1, inbound: [{ reference: 'soon', quantity: 0, excess: 1 }] }] });
    const after = fold([
      ...expected,
      ...events,
      ...(then.kind === 'accepted' ? then.events : []),
      declared('soon', 3, { locationId: 'HAM' }),
    ]);
    expect(after.supply?.inbound.get('soon')).toMatchObject({ quantity: 3, received: 3, excess: 3 });
    expect(after.balances.get('BER')?.onHand).toBe(6);
  });

  it('lowers what is still to come, and a delivery declared once more keeps what came of it', () => {
    const [soon] = [
      ...(fold([
        ...expected,
        received('BER', 2, { inbound: [{ reference: 'soon', quantity: 2 }] }),
        declared('soon', 6),
      ]).supply?.inbound.values() ?? []),
    ].filter(({ reference }) => reference === 'soon');
    expect(soon && openUnitsOf(soon)).toBe(4);
    expect(soon?.received).toBe(2);
  });

  it('that is the arrival of an own transfer is no delivery', () => {
    const past = [received('HAM', 9), declared('po-1', 5), shipped('HAM', 'BER', 4)];
    given(...past, { type: 'TransferReceived', transferId: 'T1', toLocationId: 'BER', quantity: 4, receiptId: 'first' })
      .when(receive('BER', 4, { connectionId: 'erp', documentId: 'T1' }))
      .then(received('BER', 4, { connectionId: 'erp', documentId: 'T1', acknowledgedUnits: 4, delta: 0 }));
  });

  it('for a SKU that expects nothing says nothing of deliveries', () => {
    given(described()).when(receive('BER', 4)).then(received('BER', 4));
  });
});
