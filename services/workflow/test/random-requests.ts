import { randomUUID } from 'node:crypto';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { decideRequest, evolveRequest, initialRequestState, type RequestCommand, type RequestState } from '@holdfast/warehouse';

const DAY_MS = 86_400_000;
export const LOG_BEGAN = Date.UTC(2026, 9, 1, 9);

type Pick = <Value>(values: readonly [Value, ...Value[]]) => Value;

/** A log of stock requests, made of random commands that the decider accepts. @param next the next number of 0 or more, below its argument */
export class RandomRequests {
  private readonly known = new Map<string, { readonly tenant: string; readonly state: RequestState }>();
  readonly log: RecordedEvent[] = [];
  private at = LOG_BEGAN;

  constructor(
    private readonly tenants: readonly [string, ...string[]],
    private readonly next: (below: number) => number,
  ) {}

  step(): void {
    this.at += 1 + this.next(3_600_000);
    const tenant = this.pick(this.tenants);
    const known = this.of(tenant);
    const old = known[this.next(Math.max(8, known.length))];
    const requestId = randomUUID();
    const decision = decideRequest(old ?? initialRequestState(), old === undefined ? this.create(requestId) : this.command(old));
    if (decision.kind === 'refused') return;
    const stream = STREAMS.request.streamOf(tenant, old?.requestId ?? requestId);
    for (const event of decision.events) this.append(tenant, stream, event);
  }

  /** The requests of a tenant, deleted ones too. */
  of(tenant: string): readonly RequestState[] {
    return [...this.known.values()].filter((one) => one.tenant === tenant).map(({ state }) => state);
  }

  private append(tenant: string, stream: string, event: Parameters<typeof evolveRequest>[1]): void {
    const state = evolveRequest(this.known.get(stream)?.state ?? initialRequestState(), event, this.at);
    this.known.set(stream, { tenant, state });
    const metadata = { tenant, at: this.at, commandId: 'any' };
    const place = { stream, revision: state.version - 1, position: BigInt(this.log.length), recordedAt: this.at };
    this.log.push({ id: randomUUID(), ...STREAMS.request.encode(event), metadata, ...place });
  }

  private create(requestId: string): RequestCommand {
    const header = { fromLocationId: 'HUB', ...(this.next(4) === 0 ? {} : { toLocationId: this.pick(['STORE1', 'STORE2']) }) };
    const more = { priority: this.priority(), ...this.day(), number: requestId, requestHash: requestId };
    return { type: 'CreateRequest', requestId, ...header, ...more, lines: this.lines(), submit: this.next(2) === 0, ...this.caller() };
  }

  private command(state: RequestState): RequestCommand {
    const { running } = state;
    const stamp = { at: this.at, commandId: randomUUID() };
    if (running?.kind === 'approval') {
      if (this.next(4) === 0) return { type: 'FailApproval', approvalId: running.approvalId, lines: [], ...stamp };
      const reservations = running.lines.map(({ lineId, quantity }) => ({ lineId, reserved: quantity, waiting: 0 }));
      return { type: 'CompleteApproval', approvalId: running.approvalId, reservations, ...stamp };
    }
    if (running?.kind === 'release') return { type: 'CompleteRelease', ...stamp };
    if (running?.kind === 'shipment') {
      const { shipmentId, lines } = running;
      return { type: 'CompleteRequestShipment', shipmentId, lines, transferId: shipmentId, ...stamp };
    }
    return this.ofCaller(state);
  }

  private ofCaller(state: RequestState): RequestCommand {
    const caller = this.caller();
    const mayApprove = this.next(2) === 0;
    const lines = state.lines.map(({ lineId, requested }) => ({ lineId, quantity: this.next(requested + 1), reasonCode: 'short' }));
    const some = state.lines
      .filter(({ reserved }) => reserved > 0)
      .map(({ lineId, reserved }) => ({ lineId, quantity: 1 + this.next(reserved) }));
    const fulfil = { type: 'FulfilRequest', shipmentId: caller.commandId } as const;
    return this.pick<RequestCommand>([
      { type: 'SubmitRequest', ...caller },
      { type: 'SubmitRequest', ...caller },
      { type: 'ApproveRequest', lines, partial: false, ...caller },
      { type: 'ApproveRequest', partial: false, ...caller },
      { ...fulfil, to: 'fulfilling', lines: some, closeRemainder: false, ...caller },
      { ...fulfil, to: 'fulfilled', closeRemainder: this.next(2) === 0, ...caller },
      { type: 'EditRequest', priority: this.priority(), ...this.day(), ...caller },
      { type: 'EditRequest', fromLocationId: this.pick(['HUB', 'STORE3']), toLocationId: this.pick(['STORE1', 'STORE2']), ...caller },
      { type: 'AddRequestLines', lines: this.lines(), ...caller },
      { type: 'DeleteRequest', ...caller },
      { type: 'RejectRequest', comment: 'no', ...caller },
      { type: 'RollBackRequest', comment: 'back', mayApprove, ...caller },
      { type: 'CancelRequest', mayApprove, ...caller },
      { type: 'CommentRequest', commentId: caller.commandId, text: 'well', ...caller },
    ]);
  }

  private caller() {
    const person = this.pick(['anna', 'ben', 'cleo']);
    return { at: this.at, commandId: randomUUID(), by: person, person };
  }

  private readonly pick: Pick = (values) => values[this.next(values.length)] ?? values[0];
  private priority = () => this.pick(['normal', 'high', 'urgent'] as const);
  private lines = () => [{ sku: this.pick(['MUG', 'TEA', 'POT']), quantity: 1 + this.next(9) }];
  private day = () => (this.next(3) === 0 ? {} : { neededBy: new Date(LOG_BEGAN + this.next(20) * DAY_MS).toISOString().slice(0, 10) });
}
