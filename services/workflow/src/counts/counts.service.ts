import type { DataSource } from 'typeorm';
import type { Position } from '@holdfast/event-store';
import type { KnownLocations } from '@holdfast/ledger';
import { type Page, paginationOf, parseTime, Problem } from '@holdfast/platform';
import {
  byUrgency,
  MAX_LINES_PER_COUNT,
  resolutionsOf,
  findReason,
  type CountLine,
  type LineDecision,
  type LineResolution,
  type ReasonCode,
  type ResolveCount,
} from '@holdfast/warehouse';
import { skuNamed } from '../adjustments/subject.js';
import { mustKnowLocation } from '../locations/must-know.js';
import type { AbcCountRequest } from './planning/abc.dto.js';
import type { AbcClasses } from './planning/abc.js';
import type { CountActions, Stamp } from './count-actions.js';
import type { CountClaims } from './count-claims.js';
import type { CountProcess } from './count-process.js';
import type { CountRecord } from './count-record.js';
import { countProblem } from './count-refusals.js';
import type { CountOutcome, CountRef, CountStreams } from './count-streams.js';
import { batchView, blindForm, countView, resolvedLine, type ProductsBySku } from './count-view.js';
import type { BlindFormView, CountBatchAnswer, CountsView, CountView, ResolvedCountView } from './count-views.dto.js';
import type { CountActionRequest, CountQuery, CreateCountRequest, ResolveCountRequest } from './count.dto.js';
import type { ReasonCodes } from '../reason-codes/reason-codes.js';
import { CountBatchEntity } from './count.entity.js';
import type { OverfullBins } from './overfull-bins.js';
import type { CountProducts } from './planning/products.js';
import { nothing, type Selection } from './planning/selection.js';
import type { CountSettingsTable } from './planning/settings.js';
import type { SkuCounts } from './sku-counts.js';

const ABC_LINES = 50;

export interface Order {
  readonly tenant: string;
  readonly actor: string;
  readonly person: string;
  readonly commandId: string;
  readonly requestHash: string;
  readonly at: number;
}

export interface Answer<View> {
  readonly view: View;
  readonly position: Position;
}

export interface CountParts {
  readonly streams: CountStreams;
  readonly process: CountProcess;
  readonly skus: SkuCounts;
  readonly actions: CountActions;
  readonly selection: Selection;
  readonly abc: AbcClasses;
  readonly claims: CountClaims;
  readonly products: CountProducts;
  readonly settings: CountSettingsTable;
  readonly reasons: ReasonCodes;
  readonly locations: KnownLocations;
  readonly overfull: OverfullBins;
  readonly source: DataSource;
}

/** Batches of counts: creating, counting, resolving, and what people see of them. */
export class CountsService {
  constructor(private readonly parts: CountParts) {}

  /** @throws Problem 404 `unknown_location`, `unknown_sku`, 400 for lines that cannot be, 409 `already_being_counted`, `nothing_due` */
  async create(request: CreateCountRequest, order: Order): Promise<Answer<CountBatchAnswer>> {
    const { locationId, lines: sent = [], select, max, tolerancePct } = request;
    if (sent.length > MAX_LINES_PER_COUNT) {
      throw countProblem({ code: 'too_many_lines', details: { lines: sent.length, most: MAX_LINES_PER_COUNT } });
    }
    const lines = sent.map((line, index) => ({ ...line, sku: skuNamed(line, `lines[${index}].`) }));
    const tolerance = tolerancePct === undefined ? {} : { tolerancePct };
    return this.createOf(request, order, () => this.parts.selection.lines(order.tenant, locationId, { lines, select, max, tolerance }));
  }

  /** A batch of what is due by class. @throws Problem 409 `nothing_due` */
  async createDue(request: AbcCountRequest, order: Order): Promise<Answer<CountBatchAnswer>> {
    const { locationId, metric, classes, dueBefore, max = ABC_LINES } = request;
    return this.createOf(request, order, async () => {
      const { items, now } = await this.parts.abc.of(order.tenant, locationId, { metric });
      const until = dueBefore === undefined ? now : (parseTime(dueBefore) ?? now);
      const due = items.filter((item) => !item.isBeingCounted && item.dueAt <= until && (classes?.includes(item.class) ?? true));
      if (due.length === 0) throw nothing(true);
      const lines = due.toSorted(byUrgency).slice(0, max);
      return this.parts.selection.lines(order.tenant, locationId, { lines, metric, tolerance: {} });
    });
  }

  private async createOf(request: CreateCountRequest | AbcCountRequest, order: Order, linesOf: () => Promise<readonly CountLine[]>) {
    const { tenant, commandId, at, person, actor, requestHash } = order;
    const { locationId, name, blind = true, assignedTo } = request;
    const { streams, claims, settings } = this.parts;
    await mustKnowLocation(this.parts.locations, tenant, 'locationId', locationId);
    const ref = { tenant, batchId: `cc_${commandId}` };
    // A repeat of a request that was carried out is answered from the stream: its lines may be others by now.
    const isCreated = (await streams.read(ref)).record.state.requestHash !== '';
    const lines = isCreated ? [] : await linesOf();
    if (!isCreated) await claims.claim({ ...ref, locationId }, lines);
    const { autoAccept = true, adjustmentsPostedBack = false } = await settings.read(tenant);
    const batch = { batchId: ref.batchId, locationId, blind, autoAccept, postedBack: adjustmentsPostedBack, lines, requestHash };
    const freeze = 'freeze' in request && request.freeze === true;
    const named = {
      ...(freeze ? { freeze } : {}),
      ...('complete' in request && request.complete === true ? { complete: true } : {}),
      ...(name === undefined ? {} : { name }),
      ...(assignedTo === undefined ? {} : { assignedTo }),
    };
    const outcome = await streams.execute(ref, { type: 'CreateCountBatch', at, commandId, by: person, ...batch, ...named }, actor);
    if (outcome.kind === 'refused' && !isCreated) await claims.release({ ...ref, locationId }, lines);
    accepted(outcome);
    const { record, position } = freeze ? accepted(await this.parts.process.resume(ref)) : outcome;
    return { view: { batch: batchView(record) }, position };
  }

  /** @throws Problem 404 `unknown_batch`, and what the batch refuses */
  async act(batchId: string, request: CountActionRequest, order: Order): Promise<Answer<CountView>> {
    const ref = await this.mustExist({ tenant: order.tenant, batchId });
    const stamp: Stamp = { at: order.at, commandId: order.commandId, by: order.person };
    const make = async (record: CountRecord) => {
      mustHaveVersion(record, request.expectedVersion);
      return this.parts.actions.commandOf(ref, record, request, stamp);
    };
    const { record, position } = accepted(await this.parts.process.run(ref, make, order.actor));
    return { view: countView(record, await this.productsOf(ref, record), order.person), position };
  }

  /** The decisions with the tenant's own reasons. @throws Problem 400 `unknown_reason_code` */
  private async withReasons(tenant: string, { lines }: ResolveCountRequest): Promise<readonly LineDecision[]> {
    const codes = [...new Set(lines.flatMap(({ reasonCode }) => reasonCode ?? []))].filter((code) => findReason(code) === undefined);
    const own = new Map<string, ReasonCode>();
    for (const code of codes) own.set(code, await this.parts.reasons.find(tenant, code));
    return lines.map((line) => {
      const ownReason = own.get(line.reasonCode ?? '');
      return ownReason === undefined ? line : { ...line, ownReason };
    });
  }

  /** Decides on lines, each by itself. @throws Problem with the code of the first line where every line is refused */
  async resolve(request: ResolveCountRequest, order: Order): Promise<Answer<ResolvedCountView>> {
    const decisions = await this.withReasons(order.tenant, request);
    const ref = await this.mustExist({ tenant: order.tenant, batchId: request.batchId });
    let resolutions: readonly LineResolution[] = [];
    const make = async (record: CountRecord): Promise<ResolveCount> => {
      mustHaveVersion(record, request.expectedVersion);
      const named = new Set(request.lines.map(({ lineId }) => lineId));
      const lines = record.state.lines.filter(({ lineId, status }) => named.has(lineId) && status === 'review');
      const nettings = await this.parts.skus.nettings(ref, record.state, lines);
      const stamp = { at: order.at, commandId: order.commandId, by: order.person };
      const command: ResolveCount = { type: 'ResolveCount', ...stamp, lines: decisions, nettings };
      resolutions = resolutionsOf(record.state, command);
      return command;
    };
    const { record, position } = accepted(await this.parts.process.run(ref, make, order.actor));
    const { locationId, lines } = record.state;
    const resolved = resolutions.map((each) => resolvedLine(record.state, each));
    const booked = new Set(resolved.flatMap(({ lineId, status }) => (status === 'accepted' ? [lineId] : [])));
    const bins = new Map(
      lines.flatMap(({ lineId, binId }) => (binId !== undefined && booked.has(lineId) ? [[lineId, binId] as const] : [])),
    );
    const overfull = await this.parts.overfull.among(order.tenant, locationId, new Set(bins.values()));
    const flagged = resolved.map((line) => (overfull.has(bins.get(line.lineId) ?? '') ? { ...line, overCapacity: true } : line));
    return { view: { batch: batchView(record), lines: flagged }, position };
  }

  async one(tenant: string, batchId: string, person: string): Promise<Answer<CountView>> {
    const ref = await this.mustExist({ tenant, batchId });
    const { record, position } = await this.parts.streams.read(ref);
    return { view: countView(record, await this.productsOf(ref, record), person), position };
  }

  async form(tenant: string, batchId: string): Promise<Answer<BlindFormView>> {
    const ref = await this.mustExist({ tenant, batchId });
    const { record, position } = await this.parts.streams.read(ref);
    const bins = (await this.parts.locations.find(tenant, record.state.locationId))?.bins;
    return { view: blindForm(record.state, await this.productsOf(ref, record), bins), position };
  }

  async page(tenant: string, { status, locationId, assignedTo }: CountQuery, page: Page): Promise<CountsView> {
    const [rows, total] = await this.parts.source.getRepository(CountBatchEntity).findAndCount({
      where: {
        tenant,
        ...(status === undefined ? {} : { status }),
        ...(locationId === undefined ? {} : { locationId }),
        ...(assignedTo === undefined ? {} : { assignedTo }),
      },
      select: { tenant: true, batchId: true, createdAt: true, summary: true },
      order: { createdAt: 'DESC', batchId: 'ASC' },
      skip: page.offset,
      take: page.pageSize,
    });
    return { batches: rows.map(({ summary }) => summary), pagination: paginationOf(page, total) };
  }

  private productsOf({ tenant }: CountRef, { state }: CountRecord): Promise<ProductsBySku> {
    return this.parts.products.find(
      tenant,
      state.lines.map(({ sku }) => sku),
    );
  }

  /** @throws Problem 404 `unknown_batch` */
  private async mustExist(ref: CountRef): Promise<CountRef> {
    const { state } = (await this.parts.streams.read(ref)).record;
    if (state.requestHash === '') throw countProblem({ code: 'unknown_batch', details: { id: ref.batchId } });
    return ref;
  }
}

function accepted(outcome: CountOutcome): Extract<CountOutcome, { kind: 'accepted' }> {
  if (outcome.kind === 'refused') throw countProblem(outcome);
  return outcome;
}

function mustHaveVersion({ version }: CountRecord, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === version) return;
  throw new Problem(412, 'version_mismatch', 'The batch has changed; read it again', { details: [{ expectedVersion, version }] });
}
