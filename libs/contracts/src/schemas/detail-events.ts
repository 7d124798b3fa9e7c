import { CORRECTION_KINDS, HOLD_TYPES, LOT_CONTROLS, RELEASE_DISPOSITIONS } from '@holdfast/inventory';
import type { HoldEvent, LotEvent, LotInstant } from '@holdfast/inventory';
import type { Fields } from './fields.js';
import { objectOf } from './fields.js';
import { changes, held, lotId } from './position-fields.js';
import { identifier, instant, listOf, madeId, oneOfStrings, text, units } from './primitives.js';

type OfType<Type extends (HoldEvent | LotEvent)['type']> = Extract<HoldEvent | LotEvent, { readonly type: Type }>;

const commandId = madeId('Command that changed it.');
const document = text('Document of the ERP.', 200);
const holdId = madeId('Hold.');
const lotInstant = objectOf<LotInstant>({
  locationId: identifier('Location.'),
  expiresAt: instant('From when units of the lot there are expired.'),
});
const expiryDate = { optional: text('Last day on which it may be sold, `YYYY-MM-DD`; none where missing.', 10) };
const expiresAt = listOf(lotInstant, 'From when it is expired, by location.');
const why = { optional: text('Why, in words.') };

/** Fields of the events of holds, lots and positions. */
export const detailEventFields: { readonly [Type in (HoldEvent | LotEvent)['type']]: Fields<OfType<Type>> } = {
  HoldPlaced: {
    commandId,
    holdId,
    holdType: oneOfStrings('Why the units may not leave.', [...HOLD_TYPES, 'expired']),
    locationId: { optional: identifier('Location whose units are held; every location where missing.') },
    lotId: { optional: identifier('Lot whose units are held; all units where missing.') },
    lotIds: {
      optional: listOf(identifier('Lot.'), 'All lots that it covers, where these are more than one: a recall follows splits and merges.'),
    },
    quantity: { optional: units('Units held; all where missing, those that arrive later too.', 1) },
    reason: { optional: text('Why, in words.') },
    reference: { optional: text('Document of the person.', 200) },
    erpReference: { optional: document },
    expectedReleaseAt: { optional: instant('When the release is expected; nothing is released by time.') },
    createdBy: { optional: madeId('Person or key that placed it.') },
    receiptId: { optional: madeId('Receipt of a transfer that rejected the units.') },
    movedFrom: { optional: madeId('Hold that the units were under at another place.') },
    uncoveredUnits: units('Promised units that lost their cover by it.'),
    ...held,
  },
  HoldReleased: {
    holdId,
    releaseId: madeId('Command or message that released.'),
    quantity: { optional: units('Units released; missing for a hold on all units.') },
    openUnits: units('Units that the hold still names.'),
    disposition: oneOfStrings('What becomes of the units.', [...RELEASE_DISPOSITIONS, 'posted_by_erp', 'moved']),
    movedTo: { optional: madeId('Hold that units which moved are under from then on.') },
    reason: { optional: text('Why, in words.') },
    releasedBy: { optional: madeId('Person or key that released.') },
    ...held,
  },
  LotControlSet: { commandId, control: oneOfStrings('How lots of the SKU are kept.', LOT_CONTROLS), ...held },
  LotDeclared: { lotId, expiryDate, expiresAt, parentLotId: { optional: identifier('Lot that it was split from.') } },
  LotExpiryChanged: { commandId, lotId, expiryDate, expiresAt, reason: why, ...held },
  LotRenamed: { commandId, lotId, toLotId: identifier('Its id from now on.'), reason: why },
  LotExpired: {
    lotId,
    locationIds: listOf(identifier('Location.'), 'Where its units are expired.'),
    because: oneOfStrings('By its date, or marked by a person.', ['date', 'marked']),
    commandId: { optional: commandId },
    reason: why,
    uncoveredUnits: units('Promised units that lost their cover by it.'),
    ...held,
  },
  PositionsCorrected: {
    commandId,
    kind: oneOfStrings('What was corrected.', CORRECTION_KINDS),
    locationId: identifier('Location.'),
    positions: { ...changes, description: 'Changes that add up to 0; unassigned units have neither lot nor bin.' },
    reasonCode: { optional: text('Why, as a code.', 100) },
    reason: why,
    documentId: { optional: madeId('Document that it belongs to.') },
    ...held,
  },
};
