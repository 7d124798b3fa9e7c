import type { Position } from '@holdfast/event-store';
import { availableUnits } from '@holdfast/inventory';
import type { Outcome, SkuLedger } from '@holdfast/ledger';
import { Problem, unknownSkus } from '@holdfast/platform';
import type { KnownLocations, LotCalendar } from '@holdfast/ledger';
import { blockedProblem } from '../transfers/transfer-refusals.js';
import { mustKnowLocation } from '../locations/must-know.js';
import type { ReallocateRequest, Reallocation } from './reallocation.dto.js';

interface Order {
  readonly tenant: string;
  readonly actor: string;
  readonly commandId: string;
  readonly at: number;
}

/** Moves virtual stock between fulfilment nodes at once. */
export class ReallocationService {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly locations: KnownLocations,
    private readonly calendar: Pick<LotCalendar, 'atDestination'>,
  ) {}

  /** @throws Problem 404 `unknown_location` or `unknown_sku`, 400 `same_location`, 409 `insufficient_stock` with its figures */
  async move(request: ReallocateRequest, order: Order): Promise<{ readonly done: Reallocation; readonly position: Position }> {
    const { sku, from_node, to_node, quantity, holdId } = request;
    const { tenant, actor, commandId, at } = order;
    await mustKnowLocation(this.locations, tenant, 'from_node', from_node);
    await mustKnowLocation(this.locations, tenant, 'to_node', to_node);
    const { state } = await this.ledger.read({ tenant, sku });
    const there = state.detail?.lots?.locations.get(from_node)?.lots.keys() ?? [];
    const lots = await this.calendar.atDestination(tenant, to_node, state, there);
    const move = {
      type: 'MoveStock',
      fromLocationId: from_node,
      toLocationId: to_node,
      quantity,
      reference: commandId,
      at,
      commandId,
      ...(lots.length === 0 ? {} : { lots }),
      ...(holdId === undefined ? {} : { holdId }),
    } as const;
    const outcome = await this.ledger.execute({ tenant, sku }, move, { actor });
    if (outcome.kind === 'refused') throw refused(request, outcome);
    const left = (locationId: string) => availableUnits(outcome.state, locationId, at);
    const done = {
      reallocation_id: commandId,
      sku,
      from_node,
      to_node,
      quantity,
      from_available: left(from_node),
      to_available: left(to_node),
    };
    return { done, position: outcome.position };
  }
}

function refused({ sku, from_node, holdId }: ReallocateRequest, { code, details }: Extract<Outcome, { kind: 'refused' }>): Problem {
  switch (code) {
    case 'unknown_sku':
      return unknownSkus([sku]);
    case 'same_location':
      return new Problem(400, code, 'Both nodes are the same', {
        details: [{ field: 'to_node', message: 'must be another node than from_node' }],
      });
    case 'insufficient_stock':
      return new Problem(409, code, 'Not so many units are free there', {
        details: [{ sku, from_node, requested: details['requested'], available: details['available'] }],
      });
    case 'location_blocked':
      return blockedProblem(from_node);
    case 'unknown_hold':
      return new Problem(404, code, 'There is no such hold of the SKU', { details: [{ sku, holdId }] });
    default:
      return new Problem(409, code, 'The stock cannot be moved', { details: [{ sku, ...details }] });
  }
}
