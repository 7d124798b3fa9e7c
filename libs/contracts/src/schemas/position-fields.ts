import { HOLD_TYPES } from '@holdfast/inventory';
import type { HeldChange, PositionChange, PositionFigure, TravellingHold } from '@holdfast/inventory';
import { objectOf } from './fields.js';
import { flag, identifier, listOf, madeId, oneOfStrings, signedUnits, text } from './primitives.js';

const heldChange = objectOf<HeldChange>({ locationId: identifier('Location.'), delta: signedUnits('Change of held units.') });
/** Of every event that may change held units. */
export const held = { held: { optional: listOf(heldChange, 'Changes of the units that may not leave; none where missing.') } };
export const lotId = identifier('Lot.');
const positionChange = objectOf<PositionChange>({
  locationId: identifier('Location.'),
  lotId: { optional: lotId },
  binId: { optional: identifier('Bin.') },
  delta: signedUnits('Change of the units of the lot in the bin.'),
  sellable: { optional: flag('Whether units in the bin may leave; as before where missing.') },
});
export const changes = listOf(positionChange, 'Changes of units by lot and bin; with neither, of unassigned units.');
/** Of every event that may change positions. */
export const positions = { positions: { optional: changes } };

/** Of a record by lot and bin. */
export const figures = listOf(
  objectOf<PositionFigure>({
    lotId: { optional: lotId },
    binId: { optional: identifier('Bin.') },
    before: signedUnits('Units that lay there.'),
    after: signedUnits('Units that lie there now.'),
  }),
  'What was recorded of each lot and bin; with neither, of unassigned units.',
);

/** Of units that move under a hold. */
export const travelling = objectOf<TravellingHold>({
  holdId: madeId('Hold.'),
  holdType: oneOfStrings('Why the units may not leave.', HOLD_TYPES),
  movedFrom: madeId('Hold that they were under before.'),
  lotId: { optional: lotId },
  erpReference: { optional: text('Document of the ERP.', 200) },
  createdBy: { optional: madeId('Person or key that placed it.') },
});
