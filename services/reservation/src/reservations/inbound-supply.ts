import { openUnitsOf, type DeclareInbound, type Inbound, type SkuState } from '@holdfast/inventory';
import type { Position } from '@holdfast/event-store';
import type { CommandContext, Outcome, SkuLedger, SkuRef } from '@holdfast/ledger';
import { Problem, unknownSkus } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import { unknownLocation } from './refusals.js';

/** A delivery as callers see it. Quantities are units, times epoch milliseconds. */
export interface InboundFigures {
  readonly reference: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly received: number;
  /** Came beyond the quantity. */
  readonly excess: number;
  /** Still to come. */
  readonly open: number;
  readonly expectedAt: number;
}

export interface InboundAnswer<Found> {
  readonly found: Found;
  /** Of the newest event that the answer reflects. */
  readonly position: Position;
}

export type WishedInbound = Pick<DeclareInbound, 'reference' | 'locationId' | 'quantity' | 'expectedAt'>;

const unknownInbound = (reference: string): Problem =>
  new Problem(404, 'unknown_inbound', `No delivery ${reference} is announced`, { details: [{ reference }] });

/** Reads, announces and cancels the deliveries of a SKU, with the units that wait for them. */
export class InboundSupply {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly hasLocation: (tenant: string, locationId: string) => Promise<boolean>,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 `unknown_sku`; LedgerBusy, EventStoreUnavailable */
  async list(ref: SkuRef): Promise<InboundAnswer<{ readonly inbound: readonly InboundFigures[]; readonly waiting: number }>> {
    const { state, position } = await this.ledger.read(ref);
    if (!state.known) throw unknownSkus([ref.sku]);
    const inbound = [...(state.supply?.inbound.values() ?? [])].map(figuresOf).sort((one, other) => one.expectedAt - other.expectedAt);
    return { found: { inbound, waiting: state.supply?.waitingUnits ?? 0 }, position };
  }

  /** @throws Problem 404 `unknown_sku`, `unknown_inbound`; LedgerBusy, EventStoreUnavailable */
  async find(ref: SkuRef, reference: string): Promise<InboundAnswer<InboundFigures>> {
    const { state, position } = await this.ledger.read(ref);
    if (!state.known) throw unknownSkus([ref.sku]);
    return { found: oneOf(state, reference), position };
  }

  /** Announces a delivery or changes an announced one. @throws Problem 404 `unknown_sku`, `unknown_location`, 409 `too_many_inbound` */
  async declare(ref: SkuRef, wished: WishedInbound, commandId: string, context: CommandContext): Promise<InboundAnswer<InboundFigures>> {
    if (!(await this.hasLocation(ref.tenant, wished.locationId))) throw unknownLocation(wished.locationId);
    const outcome = await this.ledger.execute(ref, { type: 'DeclareInbound', at: this.clock.now(), commandId, ...wished }, context);
    const { state, position } = done(ref, wished.reference, outcome);
    return { found: oneOf(state, wished.reference), position };
  }

  /** Withdraws an announced delivery. @throws Problem 404 `unknown_inbound` */
  async cancel(ref: SkuRef, reference: string, commandId: string, context: CommandContext): Promise<Position> {
    const outcome = await this.ledger.execute(ref, { type: 'CancelInbound', at: this.clock.now(), commandId, reference }, context);
    return done(ref, reference, outcome).position;
  }
}

function done(ref: SkuRef, reference: string, outcome: Outcome): Outcome {
  if (outcome.kind === 'accepted') return outcome;
  if (outcome.code === 'unknown_sku') throw unknownSkus([ref.sku]);
  if (outcome.code === 'unknown_inbound') throw unknownInbound(reference);
  if (outcome.code === 'too_many_inbound') {
    throw new Problem(409, outcome.code, 'Too many deliveries of this SKU are announced', { details: [outcome.details] });
  }
  throw new Problem(400, outcome.code, 'The delivery cannot be as it stands', { details: [outcome.details] });
}

function oneOf(state: SkuState, reference: string): InboundFigures {
  const inbound = state.supply?.inbound.get(reference);
  if (inbound === undefined) throw unknownInbound(reference);
  return figuresOf(inbound);
}

const figuresOf = (inbound: Inbound): InboundFigures => ({ ...inbound, excess: inbound.excess ?? 0, open: openUnitsOf(inbound) });
