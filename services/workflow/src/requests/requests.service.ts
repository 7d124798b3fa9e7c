import type { Position } from '@holdfast/event-store';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import { allows, type Caller, type Page, personOf, Problem, unknownSkus } from '@holdfast/platform';
import type { NewLine, RequestCommand, RequestState } from '@holdfast/warehouse';
import { skuNamed } from '../adjustments/subject.js';
import { mustKnowLocation } from '../locations/must-know.js';

import type { RequestProcess } from './process/request-process.js';
import type { RequestRef, RequestStreams } from './process/request-streams.js';
import type { ListedRequests, RequestList } from './request-list.js';
import { requestProblem, shortProblem } from './request-refusals.js';
import type {
  AddLinesRequest,
  ApproveStockRequest,
  ChangeStatusRequest,
  CommentOfRequest,
  CreateStockRequest,
  EditStockRequest,
  RequestLineRequest,
  StockRequestQuery,
} from './request.dto.js';
import { requestView } from './request-view.js';
import type { StockRequestsView, StockRequestView } from './request-view.dto.js';

/** Who asks for a step, under which ids, and when. */
export interface Step {
  readonly caller: Caller;
  readonly commandId: string;
  readonly requestHash: string;
  readonly at: number;
}

export interface Answer {
  readonly view: StockRequestView;
  readonly state: RequestState;
  readonly position: Position;
}

type Unstamped<Command> = Command extends { readonly by: string; readonly person: string }
  ? Omit<Command, 'at' | 'commandId' | 'by' | 'person'>
  : never;

export class RequestsService {
  constructor(
    private readonly streams: RequestStreams,
    private readonly process: RequestProcess,
    private readonly list: RequestList,
    private readonly ledger: SkuLedger,
    private readonly locations: KnownLocations,
  ) {}

  /** @throws Problem 404 `unknown_location`, `unknown_sku`, 400 for a request that cannot be */
  async create(request: CreateStockRequest, step: Step): Promise<Answer> {
    const { tenant } = step.caller;
    const { lines = [], submit = false, priority = 'normal', ...header } = sent(request);
    await this.mustFit(tenant, request);
    const requestId = `sr_${step.commandId}`;
    const wanted = await this.linesOf(tenant, lines);
    // A repeat finds the request under its id; its number stays the first.
    const number = await this.list.nextNumber(tenant);
    const { requestHash } = step;
    const command = { type: 'CreateRequest', requestId, number, ...header, priority, lines: wanted, submit, requestHash } as const;
    return this.execute({ tenant, requestId }, command, step);
  }

  async edit(requestId: string, { lines, ...changes }: EditStockRequest, step: Step): Promise<Answer> {
    const { tenant } = step.caller;
    await this.mustExist({ tenant, requestId });
    await this.mustFit(tenant, changes);
    const wanted = lines === undefined ? {} : { lines: await this.linesOf(tenant, lines) };
    return this.execute({ tenant, requestId }, { type: 'EditRequest', ...sent(changes), ...wanted }, step);
  }

  async addLines(requestId: string, request: AddLinesRequest, step: Step): Promise<Answer> {
    const { tenant } = step.caller;
    await this.mustExist({ tenant, requestId });
    const { lines, expectedVersion, quantityRequested, ...named } = request;
    if (lines !== undefined && (quantityRequested !== undefined || named.sku !== undefined || named.productMasterId !== undefined)) {
      throw fault('lines', 'must be left out where the fields of one line are sent');
    }
    if (lines === undefined && quantityRequested === undefined) throw fault('quantityRequested', 'must be sent');
    const added = await this.linesOf(tenant, lines ?? [{ ...named, quantityRequested: quantityRequested ?? 0 }]);
    return this.execute({ tenant, requestId }, { type: 'AddRequestLines', lines: added, ...version(expectedVersion) }, step);
  }

  async remove(requestId: string, step: Step): Promise<void> {
    await this.drive(requestId, { type: 'DeleteRequest' }, step);
  }

  submit(requestId: string, { comment, expectedVersion }: CommentOfRequest, step: Step): Promise<Answer> {
    return this.drive(requestId, { type: 'SubmitRequest', ...commented(comment), ...version(expectedVersion) }, step);
  }

  /** @throws Problem 403 `own_request`, 409 `insufficient_stock` by line, with nothing reserved */
  approve(requestId: string, { lines, partial = false, comment, expectedVersion }: ApproveStockRequest, step: Step): Promise<Answer> {
    const command = { type: 'ApproveRequest', partial, ...(lines === undefined ? {} : { lines }) } as const;
    return this.drive(requestId, { ...command, ...commented(comment), ...version(expectedVersion) }, step);
  }

  reject(requestId: string, { comment, expectedVersion }: CommentOfRequest, step: Step): Promise<Answer> {
    return this.drive(requestId, { type: 'RejectRequest', ...commented(comment), ...version(expectedVersion) }, step);
  }

  rollBack(requestId: string, { comment, expectedVersion }: CommentOfRequest, step: Step): Promise<Answer> {
    const command = { type: 'RollBackRequest', mayApprove: mayApprove(step.caller) } as const;
    return this.drive(requestId, { ...command, ...commented(comment), ...version(expectedVersion) }, step);
  }

  comment(requestId: string, text: string, step: Step): Promise<Answer> {
    return this.drive(requestId, { type: 'CommentRequest', commentId: step.commandId, text }, step);
  }

  /** @throws Problem 400 `use_endpoint` for a status that another endpoint sets, under another permission */
  changeStatus(requestId: string, request: ChangeStatusRequest, step: Step): Promise<Answer> {
    const { status, shipmentId = step.commandId, lines, closeRemainder = false, comment, expectedVersion } = request;
    const more = { ...commented(comment), ...version(expectedVersion) };
    switch (status) {
      case 'cancelled':
        if (lines !== undefined || closeRemainder) throw fault(lines === undefined ? 'closeRemainder' : 'lines', 'is not for cancelled');
        return this.drive(requestId, { type: 'CancelRequest', mayApprove: mayApprove(step.caller), ...more }, step);
      case 'fulfilling':
      case 'fulfilled': {
        if (closeRemainder && status === 'fulfilling') throw fault('closeRemainder', 'is for fulfilled only');
        const shipped = lines === undefined ? {} : { lines };
        return this.drive(requestId, { type: 'FulfilRequest', to: status, shipmentId, ...shipped, closeRemainder, ...more }, step);
      }
      case 'draft':
      case 'submitted':
      case 'approved':
      case 'rejected':
        throw new Problem(400, 'use_endpoint', `The status ${status} is set by an endpoint of its own: ${ENDPOINTS[status]}`, {
          details: [{ field: 'status', status, endpoint: ENDPOINTS[status] }],
        });
      default:
        return status satisfies never;
    }
  }

  /** @throws Problem 404 `unknown_request` */
  async one(ref: RequestRef): Promise<Answer> {
    const { state, position } = await this.mustExist(ref);
    return this.answer(ref.tenant, state, position);
  }

  async page(tenant: string, query: StockRequestQuery, page: Page): Promise<StockRequestsView> {
    return this.listed(tenant, await this.list.page(tenant, query, page));
  }

  /** Requests that the caller may approve. */
  async pending(caller: Caller, page: Page): Promise<StockRequestsView> {
    return this.listed(caller.tenant, await this.list.pending(caller.tenant, personOf(caller), page));
  }

  private async listed(tenant: string, { states, pagination }: ListedRequests): Promise<StockRequestsView> {
    const productsOf = await this.list.products(tenant, states);
    return { requests: states.map((state) => requestView(state, productsOf(state))), pagination };
  }

  private async drive(requestId: string, command: Unstamped<RequestCommand>, step: Step): Promise<Answer> {
    const ref = { tenant: step.caller.tenant, requestId };
    await this.mustExist(ref);
    return this.execute(ref, command, step);
  }

  private async execute(ref: RequestRef, command: Unstamped<RequestCommand>, { caller, commandId, at }: Step): Promise<Answer> {
    const stamped: RequestCommand = { ...command, at, commandId, by: caller.subject, person: personOf(caller) };
    const { outcome, short } = await this.process.run(ref, stamped, caller.subject);
    if (outcome.kind === 'refused') throw requestProblem(outcome);
    if (short.length > 0) throw shortProblem(outcome.state.fromLocationId, short);
    return this.answer(ref.tenant, outcome.state, outcome.position);
  }

  private async answer(tenant: string, state: RequestState, position: Position): Promise<Answer> {
    const productsOf = await this.list.products(tenant, [state]);
    return { view: requestView(state, productsOf(state)), state, position };
  }

  private async mustExist(ref: RequestRef) {
    const found = await this.streams.read(ref);
    const { phase } = found.state;
    if (phase === 'none' || phase === 'deleted') throw requestProblem({ code: 'unknown_request', details: { id: ref.requestId } });
    return found;
  }

  private async mustFit(tenant: string, header: Pick<EditStockRequest, 'fromLocationId' | 'toLocationId' | 'neededBy'>): Promise<void> {
    for (const field of ['fromLocationId', 'toLocationId'] as const) {
      const locationId = header[field];
      if (locationId !== undefined) await mustKnowLocation(this.locations, tenant, field, locationId);
    }
  }

  private async linesOf(tenant: string, lines: readonly RequestLineRequest[]): Promise<readonly NewLine[]> {
    const named = lines.map((line, index) => ({
      sku: skuNamed(line, `lines[${String(index)}].`),
      quantity: line.quantityRequested,
      ...(line.reasonCode === undefined ? {} : { reasonCode: line.reasonCode }),
    }));
    const known = await Promise.all(named.map(async ({ sku }) => (await this.ledger.read({ tenant, sku })).state.known));
    const unknown = named.filter((_, index) => known[index] !== true).map(({ sku }) => sku);
    if (unknown.length > 0) throw unknownSkus(unknown);
    return named;
  }
}

const ENDPOINTS = { draft: 'rollback', submitted: 'submit', approved: 'approve', rejected: 'reject' } as const;

/** The fields that were sent: one that was left out must not stand in the place of what is known. */
const sent = <Body extends object>(body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Body;

const mayApprove = ({ permissions }: Caller): boolean => allows(permissions, 'stockrequests.approve');
const commented = (comment: string | undefined) => (comment === undefined ? {} : { comment });
const version = (expectedVersion: number | undefined) => (expectedVersion === undefined ? {} : { expectedVersion });

const fault = (field: string, message: string): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field, message }] });
