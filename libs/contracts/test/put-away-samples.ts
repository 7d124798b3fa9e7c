import type { BinEvent, PutAwayEvent } from '@holdfast/warehouse';

type Samples<Event extends { readonly type: string }> = { readonly [Type in Event['type']]: Extract<Event, { readonly type: Type }> };

const claimId = 'pa_1~1.0';
const moveId = '5b7f5c9e-0d7e-5c3b-9d0e-0c8f6a2d4e11';

export const binSamples: Samples<BinEvent> = {
  SpaceClaimed: { type: 'SpaceClaimed', claimId, sku: 'MILK', lotId: 'L1', units: 6, seenMoves: [moveId] },
  ClaimMoved: { type: 'ClaimMoved', claimId, moveId, units: 6, skuRevision: 17 },
  ClaimEnded: { type: 'ClaimEnded', claimId },
};

export const putAwaySamples: Samples<PutAwayEvent> = {
  PutAwayStarted: {
    type: 'PutAwayStarted',
    taskId: 'pa_1',
    sku: 'MILK',
    lotId: 'L1',
    locationId: 'BER',
    fromBinId: 'REC',
    toBinId: 'A-01',
    quantity: 10,
    reference: 'tr_9',
    createdBy: 'key-1',
    requestHash: 'c0ffee',
  },
  PutAwayPlanned: { type: 'PutAwayPlanned', lines: [{ claimId, binId: 'A-01', quantity: 6, because: 'same SKU and lot' }] },
  PutAwayClaimed: {
    type: 'PutAwayClaimed',
    outcomes: [{ claimId, quantity: 4, refusal: { code: 'bin_full', free: 4, available: 6 } }],
    isLast: true,
  },
  PutAwayAssigned: { type: 'PutAwayAssigned', assignedTo: 'u2' },
  PutAwayMoveStarted: { type: 'PutAwayMoveStarted', moveId, lines: [{ claimId, quantity: 4 }], by: 'key-1' },
  PutAwayMoved: {
    type: 'PutAwayMoved',
    moveId,
    outcomes: [{ claimId, quantity: 4, refusal: { code: 'insufficient_in_bin', free: 0, available: 3 } }],
  },
  PutAwayCancelStarted: { type: 'PutAwayCancelStarted', by: 'key-1' },
  PutAwayCancelled: { type: 'PutAwayCancelled' },
};
