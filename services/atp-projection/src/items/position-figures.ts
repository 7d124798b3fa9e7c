import { asOf, holdViews, positionViews, type PositionView, type SkuState } from '@holdfast/inventory';

/** A position with its part of the location's figures; the positions of a location add up to it. */
export interface PositionFigures {
  readonly view: PositionView;
  readonly reserved: number;
  readonly held: number;
  /** Below 0 where more is promised than lies there. */
  readonly available: number;
}

interface Row {
  readonly view: PositionView;
  held: number;
  reserved: number;
}

/** Units of the row that may still be laid on. */
const roomOf = ({ view, held, reserved }: Row): number => Math.max(0, view.quantity - held - reserved);

/**
 * The positions of a SKU as of that time. Reservations name no lot: their units are laid over the positions in the order in which sales take
 * them, what is left on the unassigned units. So are holds of a number of units, from the last position on.
 */
export function positionFigures(recorded: SkuState, at: number): readonly PositionFigures[] {
  const { state } = asOf(recorded, at);
  const views = positionViews(state, at);
  const holds = holdViews(state).filter(({ lotId, openUnits }) => lotId !== undefined && openUnits !== undefined);
  return [...state.balances].flatMap(([locationId, { onHand, reserved, held }]) => {
    const rows = views
      .filter((view) => view.locationId === locationId)
      .map((view): Row => ({ view, held: view.because === undefined ? 0 : view.quantity, reserved: 0 }));
    if (!rows.some(({ view }) => view.lotId === undefined && view.binId === undefined)) rows.push(unassigned(locationId, rows, onHand));
    for (const hold of holds) {
      if (hold.locationId === locationId)
        lay(
          rows.filter(({ view }) => view.lotId === hold.lotId),
          hold.quantityHeld,
          'held',
        );
    }
    lay([...rows].reverse(), held - rows.reduce((sum, row) => sum + row.held, 0), 'held');
    lay(rows, reserved, 'reserved');
    return rows.map((row) => ({
      view: row.view,
      held: row.held,
      reserved: row.reserved,
      available: row.view.quantity - row.held - row.reserved,
    }));
  });
}

const unassigned = (locationId: string, rows: readonly Row[], onHand: number): Row => ({
  view: {
    locationId,
    lotId: undefined,
    binId: undefined,
    quantity: onHand - rows.reduce((sum, { view }) => sum + view.quantity, 0),
    because: undefined,
    expiryDate: undefined,
    expiresAt: undefined,
  },
  held: 0,
  reserved: 0,
});

/** Lays so many units over the rows in order, at most what each has left; the rest goes to the last row. */
function lay(rows: readonly Row[], units: number, what: 'held' | 'reserved'): void {
  let rest = units;
  for (const row of rows) {
    const laid = Math.min(Math.max(0, rest), roomOf(row));
    row[what] += laid;
    rest -= laid;
  }
  const loose = rows.find(({ view }) => view.lotId === undefined && view.binId === undefined) ?? rows.at(-1);
  if (rest !== 0 && loose !== undefined) loose[what] += rest;
}
