import { ProcessBusy, uuidOf, type Lease, type ProcessTable } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import { lineReservation, type RequestCommand, type RequestState, type ShortRequestLine } from '@holdfast/warehouse';
import type { LineSteps } from './line-steps.js';
import type { RequestOutcome, RequestRef, RequestStreams } from './request-streams.js';
import type { RequestTransfers } from './request-transfers.js';

export interface Driven {
  readonly outcome: RequestOutcome;
  /** Lines that kept an approval or a shipment from being carried out. */
  readonly short: readonly ShortRequestLine[];
}

type Running<Kind extends NonNullable<RequestState['running']>['kind']> = Extract<NonNullable<RequestState['running']>, { kind: Kind }>;

/**
 * Carries a request through its phases. Approving, releasing and shipping mean: decided, and to be carried out in the streams of the SKUs.
 * After any interruption, running it again leads to the same end.
 */
export class RequestProcess {
  constructor(
    private readonly streams: RequestStreams,
    private readonly steps: LineSteps,
    private readonly transfers: RequestTransfers,
    private readonly table: ProcessTable,
    private readonly now: () => number,
  ) {}

  /** Finishes what was interrupted, decides the command, carries it out. */
  run(ref: RequestRef, command: RequestCommand, actor: string): Promise<Driven> {
    return this.hold(ref, async (lease) => {
      await this.finish(ref, lease);
      if (isAttempt(command)) await this.check(ref, lease);
      // Once more it would add units again, or go back another step: what it decided before its answer was lost is the answer.
      else if (command.type !== 'CreateRequest' && (await this.streams.isDecided(ref, command.commandId))) return this.finish(ref, lease);
      const outcome = await this.streams.execute(ref, command, actor);
      return outcome.kind === 'refused' ? { outcome, short: [] } : this.finish(ref, lease);
    });
  }

  /** Finishes what was interrupted, and learns what became of the reservations. */
  resume(ref: RequestRef): Promise<Driven> {
    return this.hold(ref, async (lease) => {
      await this.finish(ref, lease);
      await this.check(ref, lease);
      return this.finish(ref, lease);
    });
  }

  /** @throws Problem 409 `request_busy` when another works on it for longer than is worth waiting */
  private async hold(ref: RequestRef, work: (lease: Lease) => Promise<Driven>): Promise<Driven> {
    try {
      return await this.table.hold({ tenant: ref.tenant, id: ref.requestId }, work);
    } catch (error) {
      if (!(error instanceof ProcessBusy)) throw error;
      throw new Problem(409, 'request_busy', 'Somebody else is working on this request; try again shortly');
    }
  }

  private async finish(ref: RequestRef, lease: Lease): Promise<Driven> {
    const short: ShortRequestLine[] = [];
    for (;;) {
      const { state, position } = await this.streams.read(ref);
      if (state.running === undefined) return { outcome: { kind: 'accepted', state, position }, short };
      const step = await this.carryOut(ref, state, state.running, lease);
      if (step.outcome.kind === 'refused') return step;
      short.push(...step.short);
    }
  }

  private carryOut(ref: RequestRef, state: RequestState, running: NonNullable<RequestState['running']>, lease: Lease): Promise<Driven> {
    switch (running.kind) {
      case 'approval':
        return this.reserve(ref, state, running, lease);
      case 'release':
        return this.release(ref, state, lease);
      case 'shipment':
        return state.toLocationId === undefined ? this.consume(ref, state, running, lease) : this.ship(ref, state, running, lease);
      default:
        return running satisfies never;
    }
  }

  /** Reserves every line, or frees what was reserved and says what was short. */
  private async reserve(ref: RequestRef, state: RequestState, running: Running<'approval'>, lease: Lease): Promise<Driven> {
    const { approvalId } = running;
    const { reservations, short } = await this.steps.reserve(ref, state, running, lease);
    const lost = short.length > 0 ? short : await this.steps.extend(ref, state, running, lease);
    if (lost.length === 0) {
      const complete = { type: 'CompleteApproval', approvalId, reservations } as const;
      return { outcome: await this.report(ref, lease, complete, approvalId), short: [] };
    }
    await this.steps.release(
      ref,
      state.lines.map(({ lineId, sku }) => ({ sku, reservationId: lineReservation(approvalId, lineId) })),
      lease,
    );
    return { outcome: await this.report(ref, lease, { type: 'FailApproval', approvalId, lines: lost }, approvalId), short: lost };
  }

  private async release(ref: RequestRef, state: RequestState, lease: Lease): Promise<Driven> {
    await this.steps.release(ref, state.lines, lease);
    return { outcome: await this.report(ref, lease, { type: 'CompleteRelease' }, String(state.version)), short: [] };
  }

  private async consume(ref: RequestRef, state: RequestState, running: Running<'shipment'>, lease: Lease): Promise<Driven> {
    const { shipmentId, lines } = running;
    const missing = await this.steps.notConsumable(ref, state, shipmentId, lines, lease);
    if (missing.length > 0) return this.failed(ref, state, running, missing, lease);
    const { shipped, short } = await this.steps.consume(ref, state, shipmentId, lines, lease);
    if (shipped.length === 0) return this.failed(ref, state, running, short, lease);
    const complete = { type: 'CompleteRequestShipment', shipmentId, lines: shipped } as const;
    return { outcome: await this.report(ref, lease, complete, shipmentId), short: [] };
  }

  private async ship(ref: RequestRef, state: RequestState, running: Running<'shipment'>, lease: Lease): Promise<Driven> {
    const { shipmentId, lines } = running;
    const isBegun = await this.transfers.isBegun(ref, state, running);
    const missing = isBegun ? [] : await this.steps.notShippable(ref, state, lines, lease);
    if (missing.length > 0) return this.failed(ref, state, running, missing, lease);
    const { transferId, short } = await this.transfers.ship(ref, state, running);
    if (short.length > 0) return this.failed(ref, state, running, short, lease);
    const complete = { type: 'CompleteRequestShipment', shipmentId, lines, transferId } as const;
    return { outcome: await this.report(ref, lease, complete, shipmentId), short: [] };
  }

  private async failed(
    ref: RequestRef,
    state: RequestState,
    { shipmentId }: Running<'shipment'>,
    short: readonly ShortRequestLine[],
    lease: Lease,
  ): Promise<Driven> {
    const reservations = await this.steps.current(ref, state, lease);
    const fail = { type: 'FailRequestShipment', shipmentId, lines: short, reservations } as const;
    return { outcome: await this.report(ref, lease, fail, `${shipmentId}|${String(state.version)}`), short };
  }

  /** Learns of reservations that ended by time, or got units that they waited for. */
  private async check(ref: RequestRef, lease: Lease): Promise<void> {
    const { state } = await this.streams.read(ref);
    if (state.phase !== 'approved' && state.phase !== 'fulfilling') return;
    const reservations = await this.steps.current(ref, state, lease);
    await this.report(ref, lease, { type: 'CheckReservations', reservations }, String(state.version));
  }

  /** The command's id comes from what it reports on: told twice, it is one event. */
  private async report(ref: RequestRef, lease: Lease, result: Report, about: string): Promise<RequestOutcome> {
    await lease.confirm();
    const commandId = uuidOf(JSON.stringify(['request', ref.tenant, ref.requestId, result.type, about]));
    return this.streams.execute(ref, { ...result, at: this.now(), commandId });
  }
}

/** An approval that failed may be tried again, and a shipment has an id of its own. */
const isAttempt = ({ type }: RequestCommand): boolean => type === 'FulfilRequest' || type === 'ApproveRequest';

type Unstamped<Command> = Command extends RequestCommand ? Omit<Command, 'at' | 'commandId'> : never;
type Reported =
  'CompleteApproval' | 'FailApproval' | 'CompleteRelease' | 'CompleteRequestShipment' | 'FailRequestShipment' | 'CheckReservations';
type Report = Unstamped<Extract<RequestCommand, { type: Reported }>>;
