import { requestViolations } from './audit.js';
import type { ApproveRequest, FulfilRequest, RequestCommand } from './commands.js';
import { decideRequest } from './decide.js';
import type { RequestEvent } from './events.js';
import { evolveRequest } from './evolve.js';
import type { RequestRefusalCode } from './refusals.js';
import { allowedTransitions, fulfilmentOf, initialRequestState, type RequestState } from './state.js';

const at = Date.UTC(2026, 10, 30, 9);
let commands = 0;
const stamp = () => ({ at, commandId: `c${String((commands += 1))}` });
const asker = { by: 'anna', person: 'anna' };
const approver = { by: 'ben', person: 'ben' };

/** A request as its commands leave it; after every event its rules hold. */
class Request {
  state: RequestState = initialRequestState();
  events: RequestEvent[] = [];

  do(command: Unstamped): this {
    const decision = decideRequest(this.state, { ...command, ...stamp() });
    if (decision.kind === 'refused') throw new Error(`${decision.code} ${JSON.stringify(decision.details)}`);
    for (const event of decision.events) {
      this.state = evolveRequest(this.state, event, at);
      expect(requestViolations(this.state)).toEqual([]);
    }
    this.events.push(...decision.events);
    return this;
  }

  refuses(command: Unstamped, code: RequestRefusalCode, details: object = {}): this {
    expect(decideRequest(this.state, { ...command, ...stamp() })).toMatchObject({ kind: 'refused', code, details });
    return this;
  }

  changesNothing(command: Unstamped): this {
    expect(decideRequest(this.state, { ...command, ...stamp() })).toEqual({ kind: 'accepted', events: [] });
    return this;
  }

  /** Approves and reserves all that is approved. */
  approved(fields: Partial<ApproveRequest> = {}): this {
    this.do(approve(fields));
    const { running } = this.state;
    if (running?.kind !== 'approval') throw new Error('no approval is under way');
    const reservations = running.lines.map(({ lineId, quantity }) => ({ lineId, reserved: quantity, waiting: 0 }));
    return this.do({ type: 'CompleteApproval', approvalId: running.approvalId, reservations });
  }

  shipped(shipmentId: string, quantities: Readonly<Record<string, number>>, fields: Partial<FulfilRequest> = {}): this {
    const lines = linesOf(quantities);
    return this.do(ship(shipmentId, quantities, fields)).do({ type: 'CompleteRequestShipment', shipmentId, lines });
  }

  line(lineId = '1') {
    const found = this.state.lines.find((line) => line.lineId === lineId);
    if (found === undefined) throw new Error(`no line ${lineId}`);
    return found;
  }
}

type Plain<Command> = Command extends RequestCommand ? Omit<Command, 'at' | 'commandId'> : never;
type Unstamped = Plain<RequestCommand>;

const linesOf = (quantities: Readonly<Record<string, number>>) =>
  Object.entries(quantities).map(([lineId, quantity]) => ({ lineId, quantity }));

const draft = (...quantities: readonly (readonly [string, number])[]): Request =>
  new Request().do({
    type: 'CreateRequest',
    requestId: 'sr_1',
    number: 'SR-000001',
    fromLocationId: 'HUB',
    toLocationId: 'STORE1',
    priority: 'normal',
    neededBy: '2026-12-05',
    lines: quantities.map(([sku, quantity]) => ({ sku, quantity })),
    submit: false,
    requestHash: 'hash',
    ...asker,
  });

const submit: Unstamped = { type: 'SubmitRequest', ...asker };
const submitted = (...quantities: readonly (readonly [string, number])[]): Request => draft(...quantities).do(submit);
const approve = (fields: Partial<ApproveRequest> = {}): Unstamped => ({ type: 'ApproveRequest', partial: false, ...approver, ...fields });
const ship = (shipmentId: string, quantities?: Readonly<Record<string, number>>, fields: Partial<FulfilRequest> = {}): Unstamped => ({
  type: 'FulfilRequest',
  to: 'fulfilling',
  shipmentId,
  closeRemainder: false,
  ...(quantities === undefined ? {} : { lines: linesOf(quantities) }),
  ...approver,
  ...fields,
});
const close = (fields: Partial<FulfilRequest> = {}): Unstamped =>
  ship('closing', undefined, { to: 'fulfilled', closeRemainder: true, ...fields });
const rollBack = (who = approver, comment: string | null = 'wrong'): Unstamped => ({
  type: 'RollBackRequest',
  mayApprove: who === approver,
  ...(comment === null ? {} : { comment }),
  ...who,
});
const released: Unstamped = { type: 'CompleteRelease' };

describe('a stock request', () => {
  it('S1 of 10 requested and 8 approved, 5 are shipped and the rest is closed', () => {
    const request = submitted(['CUP', 10]).approved({ lines: [{ lineId: '1', quantity: 8, reasonCode: 'low_stock' }] });
    expect(request.line()).toMatchObject({ requested: 10, approved: 8, reserved: 8, shipped: 0, approvalReason: 'low_stock' });
    request.shipped('s1', { 1: 5 }).do(close()).do(released);
    expect(request.line()).toMatchObject({ shipped: 5, cancelled: 3, reserved: 0 });
    expect(request.state.status).toBe('fulfilled');
    expect(fulfilmentOf(request.state)).toBe('partial');
  });

  it('S2 is approved by nobody who made it, submitted it or edited its lines, whatever his rights', () => {
    const editor = { by: 'carl', person: 'carl' };
    const submitter = { by: 'dora', person: 'dora' };
    const request = draft(['CUP', 10])
      .do({ type: 'EditRequest', lines: [{ sku: 'CUP', quantity: 9 }], ...editor })
      .do({ ...submit, ...submitter });
    for (const who of [asker, editor, submitter]) request.refuses(approve(who), 'own_request', { requestedBy: 'anna' });
    request.approved();
  });

  it('S15 is not approved by a key of its requester', () =>
    void submitted(['CUP', 1]).refuses(approve({ by: 'key_17', person: 'anna' }), 'own_request'));

  it('S4 stays submitted, with nothing reserved, when a line is short', () => {
    const request = submitted(['CUP', 10], ['POT', 10]).do(approve());
    const short = [{ lineId: '2', sku: 'POT', requested: 10, available: 4, code: 'insufficient_stock' }];
    request.do({ type: 'FailApproval', approvalId: 'sr_1~1', lines: short });
    expect(request.state).toMatchObject({ phase: 'submitted', status: 'submitted', approvedBy: null });
    expect(request.state.lines.map(({ approved, reserved }) => [approved, reserved])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    request.refuses({ type: 'CompleteApproval', approvalId: 'sr_1~1', reservations: [] }, 'request_submitted');
    request.do(approve());
    expect(request.state.running).toMatchObject({ approvalId: 'sr_1~2' });
  });

  it('S6 of 2, 1 is served and the rest cancelled; 3 are too many, and the same shipment counts once', () => {
    const request = submitted(['CUP', 2]).approved();
    request.refuses(ship('s0', { 1: 3 }), 'quantity_exceeds_approved', { requested: 3, open: 2 });
    request.shipped('s1', { 1: 1 }).changesNothing(ship('s1', { 1: 1 }));
    request.do(close()).do(released);
    expect(request.line()).toMatchObject({ shipped: 1, cancelled: 1, reserved: 0 });
  });

  it('S7 takes no line, and changes none, after its approval', () => {
    const request = submitted(['CUP', 2]).approved();
    request.refuses({ type: 'AddRequestLines', lines: [{ sku: 'POT', quantity: 1 }], ...asker }, 'request_approved');
    request.refuses({ type: 'EditRequest', lines: [{ sku: 'CUP', quantity: 1 }], ...asker }, 'request_approved');
    request.refuses({ type: 'EditRequest', priority: 'urgent', ...asker }, 'request_approved');
  });

  it('S10 is not rolled back after 5 were shipped', () =>
    void submitted(['CUP', 8]).approved().shipped('s1', { 1: 5 }).refuses(rollBack(), 'already_shipped', { units: 5 }));

  it('S12 is never closed by itself while a line is untouched', () => {
    const request = submitted(['CUP', 2], ['POT', 2]).approved().shipped('s1', { 1: 2 });
    expect(request.state).toMatchObject({ status: 'fulfilling' });
    request.refuses(ship('s2', { 2: 1 }, { to: 'fulfilled' }), 'remainder_open', { units: 1 });
    request.shipped('s2', { 2: 2 });
    expect(request.state).toMatchObject({ status: 'fulfilled' });
    expect(fulfilmentOf(request.state)).toBe('complete');
  });

  it('S14 ships what it holds itself, and no more', () =>
    void submitted(['CUP', 8])
      .approved()
      .do({ type: 'CheckReservations', reservations: [{ lineId: '1', reserved: 3, waiting: 0 }] })
      .refuses(ship('s1', { 1: 4 }), 'quantity_exceeds_reserved', { requested: 4, reserved: 3 }));
});

describe('the draft of a request', () => {
  it('adds up lines of the same SKU and gives no id twice', () => {
    const request = draft(['CUP', 2], ['CUP', 3], ['POT', 1]);
    expect(request.state.lines).toMatchObject([
      { lineId: '1', sku: 'CUP', requested: 5 },
      { lineId: '2', sku: 'POT', requested: 1 },
    ]);
    request.do({ type: 'EditRequest', lines: [{ sku: 'POT', quantity: 4 }], ...asker });
    request.do({ type: 'AddRequestLines', lines: [{ sku: 'CUP', quantity: 1 }], ...asker });
    expect(request.state.lines).toMatchObject([
      { lineId: '2', sku: 'POT', requested: 4 },
      { lineId: '3', sku: 'CUP', requested: 1 },
    ]);
  });

  it('takes the reason of the lines that replace its own, and has none where they name none', () => {
    const edit = (...lines: readonly { sku: string; quantity: number; reasonCode?: string }[]) =>
      ({ type: 'EditRequest', lines, ...asker }) as const;
    const request = draft().do(edit({ sku: 'CUP', quantity: 2, reasonCode: 'low_stock' }));
    request.do(edit({ sku: 'CUP', quantity: 3, reasonCode: 'event' }));
    expect(request.state.lines).toMatchObject([{ lineId: '1', requested: 3, reasonCode: 'event' }]);
    request.do({ type: 'AddRequestLines', lines: [{ sku: 'CUP', quantity: 1 }], ...asker });
    expect(request.line()).toMatchObject({ requested: 4, reasonCode: 'event' });
    request.do(edit({ sku: 'CUP', quantity: 3 }));
    expect(request.line()).not.toHaveProperty('reasonCode');
  });

  it('is submitted with lines only, and deleted by its requester only', () => {
    draft().refuses(submit, 'no_lines');
    draft(['CUP', 1]).refuses({ type: 'DeleteRequest', ...approver }, 'not_requester');
    const deleted = draft(['CUP', 1]).do({ type: 'DeleteRequest', ...asker });
    deleted.refuses(submit, 'unknown_request');
    submitted(['CUP', 1]).refuses({ type: 'DeleteRequest', ...asker }, 'request_submitted');
  });

  it('has a limited number of lines', () => {
    const lines = Array.from({ length: 201 }, (_, index) => ({ sku: `S${String(index)}`, quantity: 1 }));
    draft().refuses({ type: 'AddRequestLines', lines, ...asker }, 'too_many_lines', { lines: 201, most: 200 });
    draft().refuses({ type: 'AddRequestLines', lines: [{ sku: 'A', quantity: 0 }], ...asker }, 'invalid_quantity');
  });

  it('keeps priority and day open to change until the decision', () => {
    const request = submitted(['CUP', 1]).do({ type: 'EditRequest', priority: 'urgent', neededBy: '2026-12-01', ...asker });
    expect(request.state).toMatchObject({ priority: 'urgent', neededBy: '2026-12-01' });
    request.refuses({ type: 'EditRequest', reason: 'other', ...asker }, 'request_submitted');
    request.refuses({ type: 'EditRequest', toLocationId: 'STORE2', ...asker }, 'request_submitted');
  });

  it('goes from one place to another', () => void draft().refuses({ type: 'EditRequest', toLocationId: 'HUB', ...asker }, 'same_location'));

  it('is changed by who saw it as it is', () =>
    void draft().refuses({ ...submit, expectedVersion: 7 }, 'version_mismatch', { expectedVersion: 7, version: 1 }));
});

describe('the approval of a request', () => {
  it('gives at most what was requested, and says why it gives less', () => {
    const request = submitted(['CUP', 10]);
    request.refuses(approve({ lines: [{ lineId: '1', quantity: 11 }] }), 'quantity_exceeds_requested', { requested: 10 });
    request.refuses(approve({ lines: [{ lineId: '1', quantity: 9 }] }), 'reason_required');
    request.refuses(approve({ lines: [{ lineId: '1', quantity: 0, reasonCode: 'no' }] }), 'nothing_approved');
    request.refuses(approve({ lines: [{ lineId: '7', quantity: 1 }] }), 'unknown_line');
    const twice = [1, 1].map(() => ({ lineId: '1', quantity: 10 }));
    request.refuses(approve({ lines: twice }), 'duplicate_line');
  });

  it('holds the units until two weeks after the day on which they are needed', () => {
    submitted(['CUP', 1]).approved();
    expect(submitted(['CUP', 1]).approved().state.reservedUntil).toBe(Date.UTC(2026, 11, 20));
  });

  it('holds the units for no longer than a SKU holds any, however late they are needed', () => {
    const late = submitted(['CUP', 1]).do({ type: 'EditRequest', neededBy: '2030-01-01', ...asker });
    expect(late.approved().state.reservedUntil).toBe(at + 366 * 86_400_000);
  });

  it('comes again without effect while everything is reserved, and reserves again what was lost', () => {
    const request = submitted(['CUP', 8], ['POT', 2]).approved().changesNothing(approve());
    request.do({ type: 'CheckReservations', reservations: [{ lineId: '1', reserved: 0, waiting: 0 }] });
    expect(request.state).toMatchObject({ status: 'approved', lines: [{ reserved: 0 }, { reserved: 2 }] });
    request.refuses(approve(asker), 'own_request').approved();
    expect(request.line('1')).toMatchObject({ approved: 8, reserved: 8, reservationId: 'sr_1~2~1' });
    expect(request.line('2')).toMatchObject({ approved: 2, reserved: 2, reservationId: 'sr_1~1~2' });
  });

  it('is not approved again with other quantities', () => {
    const lines = (quantity: number, lineId = '1') => ({ lines: [{ lineId, quantity, reasonCode: 'short' }] });
    const request = submitted(['CUP', 10])
      .approved(lines(8))
      .changesNothing(approve(lines(8)))
      .changesNothing(approve());
    request.refuses(approve(lines(6)), 'request_approved').refuses(approve(lines(8, '7')), 'unknown_line');
    request.do({ type: 'CheckReservations', reservations: [{ lineId: '1', reserved: 0, waiting: 0 }] });
    request.refuses(approve(lines(6)), 'request_approved').approved(lines(8));
    expect(request.line()).toMatchObject({ approved: 8, reserved: 8 });
  });

  it('may be refused with a reason', () => {
    const request = submitted(['CUP', 1]).refuses({ type: 'RejectRequest', ...approver }, 'comment_required');
    request.do({ type: 'RejectRequest', comment: 'no', ...approver });
    expect(request.state).toMatchObject({ status: 'rejected', rejectedBy: 'ben' });
    request.refuses(approve(), 'request_rejected').changesNothing({ type: 'RejectRequest', comment: 'no', ...approver });
  });
});

describe('rolling a request back', () => {
  it('goes one step, with a comment, and makes the approval void', () => {
    const request = submitted(['CUP', 8]).approved();
    request.refuses(rollBack(approver, null), 'comment_required');
    request.do(rollBack());
    expect(request.state).toMatchObject({ phase: 'releasing', status: 'approved' });
    request.do(released);
    expect(request.state).toMatchObject({ status: 'submitted', approvedBy: null, lines: [{ approved: 0, reserved: 0 }] });
    request.refuses(rollBack(), 'not_requester').do(rollBack(asker));
    expect(request.state.status).toBe('draft');
    expect(request.state.history.map(({ to }) => to)).toEqual(['draft', 'submitted', 'approved', 'submitted', 'draft']);
  });

  it('opens a rejection again, and work that has shipped nothing', () => {
    const rejected = submitted(['CUP', 1]).do({ type: 'RejectRequest', comment: 'no', ...approver });
    expect(rejected.do(rollBack(asker)).state).toMatchObject({ status: 'submitted', rejectedBy: null });
    const begun = submitted(['CUP', 1]).approved().do(ship('none'));
    expect(begun.state.status).toBe('fulfilling');
    expect(begun.do(rollBack()).state).toMatchObject({ status: 'approved', lines: [{ reserved: 1 }] });
  });

  it('opens nothing that has ended', () => {
    submitted(['CUP', 1]).approved().shipped('s1', { 1: 1 }).refuses(rollBack(), 'request_fulfilled');
    const cancelled = submitted(['CUP', 1]).do({ type: 'CancelRequest', mayApprove: false, ...asker });
    cancelled.refuses(rollBack(), 'request_cancelled');
  });
});

describe('the end of a request', () => {
  it('frees what an approved one holds, for its requester or an approver', () => {
    const request = submitted(['CUP', 8]).approved();
    request.refuses({ type: 'CancelRequest', mayApprove: false, by: 'eva', person: 'eva' }, 'not_requester');
    request.do({ type: 'CancelRequest', mayApprove: true, ...approver }).do(released);
    expect(request.state).toMatchObject({ status: 'cancelled', lines: [{ reserved: 0, cancelled: 8 }] });
    request.changesNothing({ type: 'CancelRequest', mayApprove: true, ...approver });
  });

  it('ships the last units and cancels the rest in one step', () => {
    const request = submitted(['CUP', 8]).approved();
    request.shipped('s1', { 1: 5 }, { to: 'fulfilled', closeRemainder: true });
    expect(request.state).toMatchObject({ phase: 'releasing', status: 'fulfilling' });
    expect(request.do(released).state).toMatchObject({ status: 'fulfilled', lines: [{ shipped: 5, cancelled: 3 }] });
  });

  it('cancels nothing where a line that was to be used up first stayed behind', () => {
    const request = submitted(['CUP', 8], ['POT', 4]).approved();
    request.do(ship('s1', { 1: 5, 2: 4 }, { to: 'fulfilled', closeRemainder: true }));
    request.do({ type: 'CompleteRequestShipment', shipmentId: 's1', lines: linesOf({ 1: 5 }) });
    expect(request.state).toMatchObject({
      phase: 'fulfilling',
      lines: [
        { reserved: 3, cancelled: 0 },
        { reserved: 4, cancelled: 0 },
      ],
    });
  });

  it('ships all that is reserved when it is called fulfilled', () => {
    const request = submitted(['CUP', 8])
      .approved()
      .do(ship('s1', undefined, { to: 'fulfilled' }));
    expect(request.state.running).toMatchObject({ lines: [{ lineId: '1', quantity: 8 }] });
  });

  it('leaves the request as it was where nothing could be shipped', () => {
    const request = submitted(['CUP', 8])
      .approved()
      .do(ship('s1', { 1: 8 }));
    const short = [{ lineId: '1', sku: 'CUP', requested: 8, available: 2, code: 'insufficient_stock' }];
    request.do({ type: 'FailRequestShipment', shipmentId: 's1', lines: short, reservations: [{ lineId: '1', reserved: 2, waiting: 0 }] });
    expect(request.state).toMatchObject({ phase: 'approved', status: 'approved', lines: [{ reserved: 2, shipped: 0 }] });
  });

  it('names what may follow', () => {
    expect(allowedTransitions('approved')).toEqual(['fulfilling', 'cancelled']);
    submitted(['CUP', 1]).refuses(ship('s1', { 1: 1 }), 'request_submitted');
  });

  it('keeps every comment, whatever the status', () => {
    const cancelled = submitted(['CUP', 1]).do({ type: 'CancelRequest', mayApprove: false, ...asker });
    const remark: Unstamped = { type: 'CommentRequest', commentId: 'k1', text: 'why?', ...approver };
    expect(cancelled.do(remark).changesNothing(remark).state.comments).toMatchObject([{ id: 'k1', text: 'why?', by: 'ben' }]);
  });
});
