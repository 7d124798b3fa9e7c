import { asOf, findLot, positionViews, unassignedUnits, type PositionView, type SkuState } from '@holdfast/inventory';
import type {
  CheckedLotRequest,
  CheckedLotsView,
  CheckedLotView,
  CheckLotsRequest,
  LotControlView,
  LotFindingView,
} from './lot-control.dto.js';

const sumOf = (views: readonly PositionView[]): number => views.reduce((sum, { quantity }) => sum + quantity, 0);

/** Lots against on hand, by location. */
export function lotControlView(sku: string, recorded: SkuState, at: number, only?: string): LotControlView {
  const { state } = asOf(recorded, at);
  const lotControl = state.detail?.lots?.control ?? 'none';
  const views = positionViews(state, at);
  const places = [...state.balances].filter(([locationId]) => only === undefined || only === locationId);
  const locations = places.map(([locationId, { onHand, held }]) => {
    const there = views.filter((view) => view.locationId === locationId);
    const inLots = there.filter(({ lotId }) => lotId !== undefined);
    const unassigned = unassignedUnits(state, locationId);
    const issue = (code: string, quantity: number) => (quantity > 0 ? [{ code, quantity }] : []);
    return {
      locationId,
      quantityOnHand: onHand,
      quantityInLots: sumOf(inLots),
      quantityUnassigned: unassigned,
      quantityHeld: held,
      issues: [
        ...issue('lots_exceed_on_hand', -unassigned),
        ...issue('units_without_lot', lotControl === 'required' ? unassigned : 0),
        ...issue('expired_on_hand', sumOf(inLots.filter(({ because }) => because === 'lot_expired'))),
        ...issue('lot_without_expiry', lotControl === 'required' ? sumOf(inLots.filter(({ expiryDate }) => expiryDate === undefined)) : 0),
        ...issue('held_exceeds_on_hand', held - Math.max(0, onHand)),
      ],
    };
  });
  return { sku, lotControl, locations, valid: locations.every(({ issues }) => issues.length === 0) };
}

interface Checked {
  readonly state: SkuState;
  readonly at: number;
  readonly request: CheckLotsRequest;
  /** The instant at which a lot of that date expires at the location. */
  readonly instantOf: (expiryDate: string) => number;
}

/** What the SKU would say to the lines; changes nothing. */
export function checkLots({ state: recorded, at, request, instantOf }: Checked): CheckedLotsView {
  const { state } = asOf(recorded, at);
  const views = positionViews(state, at).filter(({ locationId, lotId }) => locationId === request.locationId && lotId !== undefined);
  const lines = request.lines.map((line): CheckedLotView => {
    const { errors, warnings } =
      request.operation === 'receive' ? received(state, line, at, instantOf) : taken(state, line, request, views);
    return { lotId: line.lotId ?? null, valid: errors.length === 0, errors, warnings };
  });
  return { valid: lines.every(({ valid }) => valid), lines };
}

interface Findings {
  readonly errors: readonly LotFindingView[];
  readonly warnings: readonly LotFindingView[];
}

function received(state: SkuState, { lotId, expiryDate }: CheckedLotRequest, at: number, instantOf: Checked['instantOf']): Findings {
  const { lots } = state.detail ?? {};
  if (lotId === undefined) return { errors: lots?.control === 'required' ? [{ code: 'lot_required' }] : [], warnings: [] };
  const known = lots && findLot(lots, lotId);
  const date = expiryDate ?? known?.expiryDate;
  return {
    errors: [
      ...(known !== undefined && expiryDate !== undefined && known.expiryDate !== expiryDate ? [{ code: 'expiry_mismatch' }] : []),
      ...(date !== undefined && instantOf(date) <= at ? [{ code: 'already_expired' }] : []),
    ],
    warnings: date === undefined ? [{ code: 'lot_without_expiry' }] : [],
  };
}

function taken(state: SkuState, line: CheckedLotRequest, { operation }: CheckLotsRequest, views: readonly PositionView[]): Findings {
  const { lots } = state.detail ?? {};
  if (line.lotId === undefined) return { errors: lots?.control === 'required' ? [{ code: 'lot_required' }] : [], warnings: [] };
  const lot = lots && findLot(lots, line.lotId);
  if (lot === undefined) return { errors: [{ code: 'unknown_lot' }], warnings: [] };
  const there = views.filter(({ lotId }) => lotId === lot.lotId);
  const available = sumOf(there);
  const block = operation === 'adjust' ? undefined : there.find(({ because }) => because !== undefined)?.because;
  const first = views.find(({ because, quantity }) => because === undefined && quantity > 0);
  return {
    errors: [
      ...(block === 'lot_expired' || block === 'lot_held' ? [{ code: block }] : []),
      ...(available < line.quantity ? [{ code: 'insufficient_lot_stock', available }] : []),
    ],
    warnings: [
      ...(operation !== 'adjust' && block === undefined && first?.lotId !== undefined && first.lotId !== lot.lotId
        ? [{ code: 'not_first_expiring', firstLotId: first.lotId }]
        : []),
      ...(lot.expiryDate === undefined ? [{ code: 'lot_without_expiry' }] : []),
    ],
  };
}
