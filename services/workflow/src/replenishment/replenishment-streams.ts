import { STREAMS } from '@holdfast/contracts';
import type { EventStore, Position, RecordedEvent } from '@holdfast/event-store';
import { StreamProcessor } from '@holdfast/ledger';
import {
  decideReplenishment,
  evolveReplenishment,
  initialReplenishment,
  type ReplenishmentCommand,
  type ReplenishmentEvent,
  type ReplenishmentState,
} from '@holdfast/warehouse';

/** The SKU and the location that a rule and its orders are for. */
export interface RuleRef {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
}

export interface KnownRule {
  readonly state: ReplenishmentState;
  readonly position: Position;
}

export type ReplenishmentOutcome =
  | (KnownRule & { readonly kind: 'accepted'; readonly isChanged: boolean })
  | (KnownRule & { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> });

/** Stands for a dot of a SKU, which no SKU may contain: the first dot of an id ends its SKU. */
const DOT = '!';

export const ruleStream = ({ tenant, sku, locationId }: RuleRef): string =>
  STREAMS.replrule.streamOf(tenant, `${sku.replaceAll('.', DOT)}.${locationId}`);

/** The rule that an event is about. */
export function ruleOfEvent(event: RecordedEvent): RuleRef {
  const id = STREAMS.replrule.idOf(event);
  const dot = id.indexOf('.');
  return { tenant: event.metadata.tenant, sku: id.slice(0, dot).replaceAll(DOT, '.'), locationId: id.slice(dot + 1) };
}

/** The streams of rules. */
export class ReplenishmentStreams {
  private readonly streams: StreamProcessor<ReplenishmentState, ReplenishmentCommand, ReplenishmentEvent>;

  constructor(eventStore: EventStore) {
    const definition = {
      initial: initialReplenishment,
      decide: decideReplenishment,
      evolve: evolveReplenishment,
      codec: STREAMS.replrule,
      size: ({ orders }: ReplenishmentState) => orders.length,
    };
    this.streams = new StreamProcessor<ReplenishmentState, ReplenishmentCommand, ReplenishmentEvent>(definition, { eventStore });
  }

  /** @throws EventStoreUnavailable */
  async read(ref: RuleRef): Promise<KnownRule> {
    const { state, position } = await this.streams.read(ruleStream(ref));
    return { state, position };
  }

  /** @throws EventStoreUnavailable when the outcome is unknown; the same command may be sent again */
  async execute(ref: RuleRef, command: ReplenishmentCommand, actor?: string): Promise<ReplenishmentOutcome> {
    const outcome = await this.streams.execute(ruleStream(ref), ref.tenant, command, actor === undefined ? {} : { actor });
    const known = { state: outcome.state, position: outcome.position };
    return outcome.kind === 'accepted'
      ? { kind: 'accepted', isChanged: outcome.events.length > 0, ...known }
      : { kind: 'refused', code: outcome.code, details: outcome.details, ...known };
  }

  drain(): Promise<void> {
    return this.streams.drain();
  }
}
