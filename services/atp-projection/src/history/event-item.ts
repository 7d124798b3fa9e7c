import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { balanceChanges, effectiveTime, SKU_EVENTS } from '@holdfast/inventory';
import type { SkuEvent } from '@holdfast/inventory';
import type { EventAnswer, EventSourceAnswer, MovedAnswer } from './event.dto.js';

const time = (millis: number): string => new Date(millis).toISOString();

const field = (event: SkuEvent, name: string): string | undefined => {
  const value = (event as unknown as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
};

/** The paper or message that the event goes back to: the ERP's document, an order, a transfer, a reference. */
const DOCUMENT_FIELDS = ['documentId', 'orderId', 'transferId', 'reference', 'messageId'] as const;

const documentOf = (event: SkuEvent): string | undefined => {
  for (const name of DOCUMENT_FIELDS) {
    const value = field(event, name);
    if (value !== undefined) return value;
  }
  return undefined;
};

const effectiveAtOf = (event: SkuEvent, { metadata, recordedAt }: RecordedEvent): number => effectiveTime(event, metadata.at, recordedAt);

/** Who and what an event goes back to; part of every answer that names an event. */
export function sourceOf(recorded: RecordedEvent): EventSourceAnswer {
  const event = STREAMS.stock.decode(recorded);
  const { actor, correlationId, commandId } = recorded.metadata;
  const [channelId, documentId, reservationId] = [field(event, 'channelId'), documentOf(event), field(event, 'reservationId')];
  return {
    revision: recorded.revision,
    position: recorded.position.toString(),
    eventId: recorded.id,
    type: event.type,
    words: SKU_EVENTS[event.type].words,
    recordedAt: time(recorded.recordedAt),
    commandId,
    ...(actor === undefined ? {} : { actor }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(channelId === undefined ? {} : { channelId }),
    ...(reservationId === undefined ? {} : { reservationId }),
    ...(documentId === undefined ? {} : { documentId }),
  };
}

export function eventAnswer(recorded: RecordedEvent): EventAnswer {
  const event = STREAMS.stock.decode(recorded);
  const { type: _, ...data } = event;
  const effectiveAt = effectiveAtOf(event, recorded);
  return {
    ...sourceOf(recorded),
    effectiveAt: time(effectiveAt),
    isLate: effectiveAt < recorded.metadata.at && effectiveAt < recorded.recordedAt,
    moved: movedBy(event),
    data,
  };
}

const movedBy = (event: SkuEvent): readonly MovedAnswer[] =>
  balanceChanges(event)
    .filter(
      ({ onHand, reserved, inTransit, held = 0, safetyStock }) =>
        onHand !== 0 || reserved !== 0 || inTransit !== 0 || held !== 0 || safetyStock !== undefined,
    )
    .map(({ place, onHand, reserved, inTransit, held, safetyStock }) => ({
      locationId: place.locationId,
      onHand,
      reserved,
      inTransit,
      ...(held === undefined ? {} : { held }),
      ...(safetyStock === undefined ? {} : { safetyStock }),
    }));

/** What a page of events may be limited to. */
export interface EventFilter {
  readonly types?: ReadonlySet<string> | undefined;
  readonly locationId?: string | undefined;
  readonly actor?: string | undefined;
  readonly correlation?: string | undefined;
  readonly effectiveFrom?: number | undefined;
  readonly effectiveTo?: number | undefined;
}

const CORRELATED_FIELDS = ['orderId', 'reservationId', 'transferId', 'reference', 'documentId', 'messageId'] as const;

export function passes(recorded: RecordedEvent, filter: EventFilter): boolean {
  const { types, locationId, actor, correlation, effectiveFrom, effectiveTo } = filter;
  const { metadata } = recorded;
  if (actor !== undefined && metadata.actor !== actor) return false;
  if (types !== undefined && !types.has(STREAMS.stock.nameOf(recorded.type))) return false;
  if ([locationId, correlation, effectiveFrom, effectiveTo].every((each) => each === undefined)) return true;
  const event = STREAMS.stock.decode(recorded);
  const effectiveAt = effectiveAtOf(event, recorded);
  if (effectiveAt < (effectiveFrom ?? 0) || effectiveAt > (effectiveTo ?? Number.POSITIVE_INFINITY)) return false;
  if (locationId !== undefined && !namesLocation(event, locationId)) return false;
  return (
    correlation === undefined ||
    [metadata.correlationId, metadata.commandId, ...CORRELATED_FIELDS.map((name) => field(event, name))].includes(correlation)
  );
}

const namesLocation = (event: SkuEvent, locationId: string): boolean =>
  field(event, 'locationId') === locationId || balanceChanges(event).some(({ place }) => place.locationId === locationId);
