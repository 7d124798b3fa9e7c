import { isDeepStrictEqual } from 'node:util';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { SkuAuditor, type SkuEvent } from '@holdfast/inventory';
import { Auditor } from '@holdfast/simulation';
import { factOf } from '../fact-of.js';
import type { Answer } from './running.js';

export interface RaceAudit {
  readonly faults: readonly string[];
  readonly events: number;
  /**
   * Number of checks of the whole state, two after each event: one by the fold of the domain, one by the auditor, which shares nothing with
   * it.
   */
  readonly checks: number;
  /** How often reservations ended in each way. */
  readonly endings: ReadonlyMap<string, number>;
}

/** Checks the log of a finished race against the rules of the auditor and against the answers that the senders got. */
export function auditRace(log: readonly RecordedEvent[], answers: readonly Answer[]): RaceAudit {
  const [fold, auditor] = [new SkuAuditor(), new Auditor()];
  const faults: string[] = [];
  for (const recorded of log) {
    const broken = [...fold.observe(STREAMS.stock.decode(recorded), recorded.metadata.at), ...fold.audit()];
    faults.push(...broken.map(({ rule, message }) => `${recorded.type} at ${recorded.revision}: ${rule}: ${message}`));
    auditor.observe(factOf(recorded));
  }
  const endings = endingsOf(log, faults);
  return { faults: [...faults, ...auditor.faults, ...untrue(log, answers)], events: log.length, checks: 2 * log.length, endings };
}

/** Counted from the log alone: every reservation ends, and only once. */
function endingsOf(log: readonly RecordedEvent[], faults: string[]): ReadonlyMap<string, number> {
  const ends = new Map<string, string[]>();
  for (const recorded of log) {
    const event = STREAMS.stock.decode(recorded);
    if (event.type === 'ReservationPlaced') ends.set(event.reservationId, ends.get(event.reservationId) ?? []);
    if (isEnd(event)) ends.get(event.reservationId)?.push(event.type);
  }
  const endings = new Map<string, number>();
  for (const [reservationId, ways] of ends) {
    const [way] = ways;
    if (way === undefined || ways.length !== 1) faults.push(`${reservationId} has ${ways.length} ends: ${ways.join(', ')}`);
    else endings.set(way, (endings.get(way) ?? 0) + 1);
  }
  return endings;
}

type End = Extract<SkuEvent, { type: 'ReservationReleased' | 'ReservationExpired' | 'ReservationCommitted' }>;

const isEnd = (event: SkuEvent): event is End =>
  event.type === 'ReservationReleased' ||
  event.type === 'ReservationExpired' ||
  (event.type === 'ReservationCommitted' && event.openUnits === 0);

const asStored = (events: readonly SkuEvent[]): unknown => JSON.parse(JSON.stringify(events)) as unknown;

/** An answer with events must match the events in the log, and every event in the log must have been answered. */
function untrue(log: readonly RecordedEvent[], answers: readonly Answer[]): readonly string[] {
  const stored = new Map<string, SkuEvent[]>();
  for (const recorded of log) {
    const { commandId } = recorded.metadata;
    stored.set(commandId, [...(stored.get(commandId) ?? []), STREAMS.stock.decode(recorded)]);
  }
  const faults: string[] = [];
  const told = new Set<string>();
  for (const { name, outcome } of answers) {
    if (outcome.kind === 'failed') faults.push(`${name} failed: ${outcome.message}`);
    if (outcome.kind !== 'accepted' || outcome.events.length === 0) continue;
    told.add(name);
    if (!isDeepStrictEqual(stored.get(name), asStored(outcome.events))) faults.push(`${name} was answered with other events`);
  }
  for (const name of stored.keys()) if (!told.has(name)) faults.push(`${name} stands in the log and nobody was told`);
  return faults;
}
