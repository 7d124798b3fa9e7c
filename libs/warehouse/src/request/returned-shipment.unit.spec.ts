import {
  decideRequest,
  evolveRequest,
  initialRequestState,
  requestOfReservation,
  requestViolations,
  type RequestLine,
  type RequestState,
} from '../index.js';

const at = Date.UTC(2026, 6, 1);
const line = (lineId: string, sku: string, shipped: number): RequestLine => ({
  lineId,
  sku,
  requested: 10,
  approved: 8,
  reservationId: `sr_1~1~${lineId}`,
  reserved: 0,
  waiting: 0,
  shipped,
  cancelled: 0,
});
/** Two lines of eight, of which all was shipped by two transfers. */
const shipped: RequestState = {
  ...initialRequestState(),
  phase: 'fulfilled',
  status: 'fulfilled',
  requestId: 'sr_1',
  lines: [line('1', 'CUP', 8), line('2', 'POT', 8)],
  shipments: [
    { shipmentId: 's1', transferId: 'tr_1', lines: [{ lineId: '1', quantity: 5 }], by: 'ann', at },
    {
      shipmentId: 's2',
      transferId: 'tr_2',
      lines: [
        { lineId: '1', quantity: 3 },
        { lineId: '2', quantity: 8 },
      ],
      by: 'ann',
      at,
    },
  ],
};
const back = (transferId: string, ...lines: readonly { readonly sku: string; readonly quantity: number }[]) =>
  ({ type: 'ReturnRequestShipment', at, commandId: 'c1', transferId, lines, by: 'transfers' }) as const;

describe('a shipment whose transfer was cancelled', () => {
  it('opens the lines of the request again, and the request with them', () => {
    const decision = decideRequest(shipped, back('tr_2', { sku: 'CUP', quantity: 3 }, { sku: 'POT', quantity: 6 }));
    const returned = [
      { lineId: '1', quantity: 3 },
      { lineId: '2', quantity: 6 },
    ];
    expect(decision).toEqual({
      kind: 'accepted',
      events: [{ type: 'RequestShipmentReturned', transferId: 'tr_2', lines: returned, by: 'transfers' }],
    });
    const state = (decision.kind === 'accepted' ? decision.events : []).reduce(
      (before, event) => evolveRequest(before, event, at),
      shipped,
    );
    expect(state).toMatchObject({ phase: 'fulfilling', status: 'fulfilling', lines: [{ shipped: 5 }, { shipped: 2 }] });
    expect(state.history).toMatchObject([{ from: 'fulfilled', to: 'fulfilling', by: 'transfers' }]);
    expect(requestViolations(state)).toEqual([]);
    expect(decideRequest(state, back('tr_2', { sku: 'CUP', quantity: 3 }))).toEqual({ kind: 'accepted', events: [] });

    const again = { type: 'ApproveRequest', at, commandId: 'c2', by: 'ben', person: 'ben', partial: false } as const;
    expect(decideRequest(state, again)).toMatchObject({ events: [{ type: 'RequestApprovalStarted', lines: returned }] });
  });

  it('is nothing to a request that did not ship it, and waits for a step that is under way', () => {
    expect(decideRequest(shipped, back('tr_9', { sku: 'CUP', quantity: 3 }))).toEqual({ kind: 'accepted', events: [] });
    const running = { kind: 'release', to: 'cancelled', by: 'ann', person: 'ann' } as const;
    const busy: RequestState = { ...shipped, phase: 'releasing', running };
    expect(decideRequest(busy, back('tr_2', { sku: 'CUP', quantity: 3 }))).toMatchObject({ kind: 'refused' });
  });

  it('is found by the reservation of its line', () => {
    expect(requestOfReservation('sr_1~1~2')).toBe('sr_1');
  });
});
