import { HOLD_TYPES } from '@holdfast/inventory';
import type { HeldChange, PositionChange, PositionFigure, TravellingHold } from '@holdfast/inventory';
import { objectOf } from './fields.js';
import { flag, identifier, listOf, madeId, oneOfStrings, signedUnits, text, units } from './primitives.js';

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

const figures = listOf(
  objectOf<PositionFigure>({
    lotId: { optional: lotId },
    binId: { optional: identifier('Bin.') },
    before: signedUnits('Units that lay there.'),
    after: signedUnits('Units that lie there now.'),
  }),
  'What was recorded of each lot and bin; with neither, of unassigned units.',
);

/** Of a change of on hand to a figure. */
export const recordedFigures = {
  counted: { optional: units('The counted figure, where one was given instead of a difference.') },
  recorded: { optional: units('The figure that was set without a count of the whole location.') },
  figures: { optional: figures },
};

/** Of units that move under a hold. */
export const travelling = objectOf<TravellingHold>({
  holdId: madeId('Hold.'),
  holdType: oneOfStrings('Why the units may not leave.', HOLD_TYPES),
  movedFrom: madeId('Hold that they were under before.'),
  lotId: { optional: lotId },
  erpReference: { optional: text('Document of the ERP.', 200) },
  createdBy: { optional: madeId('Person or key that placed it.') },
});
