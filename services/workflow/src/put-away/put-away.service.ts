import type { Position } from '@holdfast/event-store';
import { findLot, unassignedUnits, type Location, type SkuState } from '@holdfast/inventory';
import type { ProcessRef } from '@holdfast/kit';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import { Problem, unknownSkus } from '@holdfast/platform';
import type { PutAwayCommand } from '@holdfast/warehouse';
import { fieldFault, skuNamed } from '../adjustments/subject.js';
import type { PutAwayProcess } from './put-away-process.js';
import { putAwayProblem } from './put-away-refusals.js';
import type { PutAwayItemRequest, PutAwayRequest } from './put-away.dto.js';
import type { PutAwayAnswer, PutAwayTaskView, RefusedPutAwayView } from './put-away-view.dto.js';
import { refusedLines, refusedView, taskView } from './put-away-view.js';
import type { TaskStreams } from './task-streams.js';

export interface Order {
  readonly tenant: string;
  readonly actor: string;
  readonly person: string;
  readonly commandId: string;
  readonly requestHash: string;
  readonly at: number;
}

export interface Answer {
  readonly view: PutAwayAnswer;
  readonly position: Position;
}

interface Item extends PutAwayItemRequest {
  readonly sku: string;
  readonly line: number;
}

type Created =
  | { readonly kind: 'created'; readonly task: PutAwayTaskView; readonly position: Position }
  | { readonly kind: 'refused'; readonly refused: RefusedPutAwayView; readonly position: Position };

/** Tasks of putting units into bins. */
export class PutAwayService {
  constructor(
    private readonly streams: TaskStreams,
    private readonly process: PutAwayProcess,
    private readonly ledger: SkuLedger,
    private readonly locations: KnownLocations,
  ) {}

  /**
   * A task for each item that gets space.
   * @throws Problem 404 `unknown_location`, `unknown_sku`, `unknown_bin`, `unknown_lot`; with the code of the first item where all are refused
   */
  async create(request: PutAwayRequest, order: Order): Promise<Answer> {
    const { locationId, fromBinId, items } = request;
    if (locationId === undefined) throw fieldFault('locationId', 'must be sent');
    if (items === undefined) throw fieldFault('items', 'must be sent');
    const asked = items.map((item, index) => ({ ...item, sku: skuNamed(item, `items[${index}].`), line: index + 1 }));
    const location = await this.locations.find(order.tenant, locationId);
    if (location === undefined) throw new Problem(404, 'unknown_location', 'There is no such location', { details: [{ locationId }] });
    mustHaveBins(location, fromBinId, asked);
    const named = await this.known(order.tenant, asked);

    const created: Created[] = [];
    for (const item of named) created.push(await this.createOne(request, item, location, order));
    const tasks = created.flatMap((one) => (one.kind === 'created' ? [one.task] : []));
    const refused = created.flatMap((one) => (one.kind === 'refused' ? [one.refused] : []));
    const [first] = refused;
    if (tasks.length === 0 && first !== undefined) throw putAwayProblem({ code: first.code, details: refused });
    return { view: { tasks, refused }, position: created.reduce((most, { position }) => (position > most ? position : most), 0n) };
  }

  /** @throws Problem 404 `unknown_put_away`, 409 for what the task, or the SKU, does not allow */
  async act(taskId: string, request: PutAwayRequest, order: Order): Promise<Answer> {
    const ref = { tenant: order.tenant, id: taskId };
    const command = commandOf(request, order);
    const { record, revision } = await this.streams.read(ref);
    if (record.state.phase === 'none' || record.state.phase === 'refused') {
      throw putAwayProblem({ code: 'unknown_put_away', details: [{ id: taskId }] });
    }
    const { expectedVersion } = request;
    if (expectedVersion !== undefined && expectedVersion !== revision + 1) {
      const details = [{ expectedVersion, version: revision + 1 }];
      throw new Problem(412, 'version_mismatch', 'The task has changed; read it again', { details });
    }
    const outcome = await this.process.run(ref, command, order.actor);
    if (outcome.kind === 'refused') throw putAwayProblem({ code: outcome.code, details: [outcome.details] });
    const { state } = outcome.record;
    const refused = command.type === 'StartMove' ? refusedLines(state) : [];
    if (refused.length > 0 && refused.length === state.outcomes.length) {
      throw putAwayProblem({ code: refused[0]?.code ?? 'refused', details: refused });
    }
    const known = await this.streams.read(ref);
    return { view: { tasks: [taskView(known.record, known.revision)], refused }, position: known.position };
  }

  private async createOne(request: PutAwayRequest, item: Item, location: Location, order: Order): Promise<Created> {
    const { tenant, actor, commandId, requestHash, at } = order;
    const { fromBinId, reference } = request;
    const { sku, lotId, quantity, toBinId, line } = item;
    const about = { line, sku, binId: toBinId ?? null, quantity };
    const ref: ProcessRef = { tenant, id: line === 1 ? `pa_${commandId}` : `pa_${commandId}~${String(line)}` };
    const before = await this.streams.read(ref);
    if (before.record.state.phase === 'none') {
      const { state, position } = await this.ledger.read({ tenant, sku });
      if (lotId === undefined && state.detail?.lots?.control === 'required') {
        return { kind: 'refused', refused: refusedView(about, { code: 'lot_required' }), position };
      }
      const available = unitsAt(state, location.locationId, item, fromBinId);
      if (quantity > available) {
        return { kind: 'refused', refused: refusedView(about, { code: 'insufficient_in_bin', available }), position };
      }
    }
    const command = {
      type: 'StartPutAway',
      at,
      commandId: `${commandId}~${String(line)}`,
      taskId: ref.id,
      sku,
      ...(lotId === undefined ? {} : { lotId }),
      locationId: location.locationId,
      ...(fromBinId === undefined ? {} : { fromBinId }),
      ...(toBinId === undefined ? {} : { toBinId }),
      quantity,
      ...(reference === undefined ? {} : { reference }),
      createdBy: actor,
      requestHash,
    } as const;
    const outcome = await this.process.run(ref, command, actor);
    if (outcome.kind === 'refused') throw putAwayProblem({ code: outcome.code, details: [outcome.details] });
    const { record, revision, position } = await this.streams.read(ref);
    const { phase, refusal } = record.state;
    return phase === 'refused' && refusal !== undefined
      ? { kind: 'refused', refused: refusedView(about, refusal), position }
      : { kind: 'created', task: taskView(record, revision), position };
  }

  /** The items with the ids that their lots have now: bins know a lot by no other. */
  private async known(tenant: string, items: readonly Item[]): Promise<readonly Item[]> {
    const states = await Promise.all(items.map(async ({ sku }) => (await this.ledger.read({ tenant, sku })).state));
    const unknown = items.filter((_, index) => states[index]?.known !== true).map(({ sku }) => sku);
    if (unknown.length > 0) throw unknownSkus([...new Set(unknown)]);
    return items.map((item, index) => {
      if (item.lotId === undefined) return item;
      const lots = states[index]?.detail?.lots;
      const lot = lots && findLot(lots, item.lotId);
      if (lot !== undefined) return { ...item, lotId: lot.lotId };
      throw putAwayProblem({ code: 'unknown_lot', details: [{ field: `items[${item.line - 1}].lotId`, lotId: item.lotId }] });
    });
  }
}

/** Units that lie where the item takes them from. */
function unitsAt(state: SkuState, locationId: string, { lotId }: Item, fromBinId: string | undefined): number {
  if (lotId === undefined && fromBinId === undefined) return Math.max(0, unassignedUnits(state, locationId));
  const lots = state.detail?.lots;
  const lot = lotId === undefined ? '' : ((lots && findLot(lots, lotId))?.lotId ?? lotId);
  return (
    lots?.locations
      .get(locationId)
      ?.lots.get(lot)
      ?.bins.get(fromBinId ?? '') ?? 0
  );
}

/** @throws Problem 404 `unknown_bin` */
function mustHaveBins({ bins = [] }: Location, fromBinId: string | undefined, items: readonly Item[]): void {
  const known = new Set(bins.map(({ binId }) => binId));
  const named = [
    { field: 'fromBinId', binId: fromBinId },
    ...items.map(({ toBinId, line }) => ({ field: `items[${line - 1}].toBinId`, binId: toBinId })),
  ];
  const unknown = named.filter(({ binId }) => binId !== undefined && !known.has(binId));
  if (unknown.length > 0) throw putAwayProblem({ code: 'unknown_bin', details: unknown });
  const circle = items.find(({ toBinId }) => toBinId !== undefined && toBinId === fromBinId);
  if (circle !== undefined) throw fieldFault(`items[${circle.line - 1}].toBinId`, 'must be another bin than fromBinId');
}

function commandOf({ action, lines, assignedTo }: PutAwayRequest, { at, commandId, actor, person }: Order): PutAwayCommand {
  if (lines !== undefined && action !== 'complete') throw fieldFault('lines', 'is for complete only');
  if (assignedTo !== undefined && action !== 'assign') throw fieldFault('assignedTo', 'is for assign only');
  switch (action) {
    case undefined:
      throw fieldFault('action', 'must be sent with taskId');
    case 'assign':
      return { type: 'AssignPutAway', at, commandId, assignedTo: assignedTo === undefined ? person : assignedTo };
    case 'complete':
      return { type: 'StartMove', at, commandId, moveId: commandId, ...(lines === undefined ? {} : { lines }), by: actor };
    case 'cancel':
      return { type: 'StartCancelPutAway', at, commandId, by: actor };
    default:
      return action satisfies never;
  }
}
