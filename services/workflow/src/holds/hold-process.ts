import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { holdViews, type HoldPlaced, type SkuEvent } from '@holdfast/inventory';
import type { ProcessTable } from '@holdfast/kit';
import type { Outcome, SkuLedger } from '@holdfast/ledger';
import {
  decideHoldCall,
  evolveHoldCall,
  initialHoldCallState,
  type HoldCallLine,
  type HoldCallRefusal,
  type HoldCallCommand,
  type HoldCallEvent,
  type HoldCallState,
  type StartHoldCall,
} from '@holdfast/warehouse';
import { DocumentStreams, type DocumentFamily, type KnownDocument } from '../line-processes/document-streams.js';
import { lineCommandId, LineProcess } from '../line-processes/line-process.js';

export const HOLD_KIND = 'hold';

export type KnownHoldCall = KnownDocument<HoldCallState>;
export type HoldCallStreams = DocumentStreams<HoldCallState, HoldCallCommand, HoldCallEvent>;
export type HoldProcess = LineProcess<HoldCallState, StartHoldCall, HoldCallLine>;

const FAMILY: DocumentFamily<HoldCallState, HoldCallCommand, HoldCallEvent> = {
  initial: initialHoldCallState,
  decide: decideHoldCall,
  evolve: evolveHoldCall,
  codec: STREAMS.hold,
  size: ({ lines }) => lines.length,
};

export const holdCallStreams = (eventStore: EventStore): HoldCallStreams => new DocumentStreams(FAMILY, eventStore);

/** Id of the hold of a line, from 1, in the stream of its SKU. */
export const lineHoldId = (callId: string, line: number): string => `${callId}~${String(line)}`;

export const holdPlaced = (events: readonly SkuEvent[]): HoldPlaced | undefined =>
  events.find((event): event is HoldPlaced => event.type === 'HoldPlaced');

/** Holds the lines of a call in the streams of their SKUs. */
export function holdProcess(streams: HoldCallStreams, ledger: SkuLedger, table: ProcessTable, now: () => number): HoldProcess {
  return new LineProcess({
    kind: HOLD_KIND,
    streams: {
      read: (ref) => streams.read(ref),
      execute: (ref, command, actor) => streams.execute(ref, command as HoldCallCommand, actor),
    },
    table,
    now,
    openLines: ({ phase, lines }) => (phase === 'placing' ? lines.length : undefined),
    completion: 'CompleteHoldCall',
    createdBy: ({ createdBy }) => createdBy,
    applyLine: async (ref, state, index) => {
      const line = index + 1;
      const { sku = '', ...scope } = state.lines[index] ?? {};
      const { holdType, reason, reference, erpReference, expectedReleaseAt, mayUncoverPromises, person, createdBy } = state;
      const holdId = lineHoldId(ref.id, line);
      const command = {
        type: 'PlaceHold',
        at: now(),
        commandId: lineCommandId(HOLD_KIND, ref, line),
        holdId,
        holdType,
        ...scope,
        ...(reason === undefined ? {} : { reason }),
        ...(reference === undefined ? {} : { reference }),
        ...(erpReference === undefined ? {} : { erpReference }),
        ...(expectedReleaseAt === undefined ? {} : { expectedReleaseAt }),
        ...(mayUncoverPromises === undefined ? {} : { mayUncoverPromises }),
        createdBy: person,
      } as const;
      const outcome = await ledger.execute({ tenant: ref.tenant, sku }, command, { actor: createdBy, correlationId: ref.id });
      if (outcome.kind === 'refused') return { line, refusal: refusalOf(outcome), quantityHeld: 0, uncoveredPromises: 0 };
      const open = holdViews(outcome.state).find((hold) => hold.holdId === holdId);
      return { line, quantityHeld: open?.quantityHeld ?? 0, uncoveredPromises: holdPlaced(outcome.events)?.uncoveredUnits ?? 0 };
    },
  });
}

function refusalOf({ code, details: { requested, available } }: Extract<Outcome, { kind: 'refused' }>): HoldCallRefusal {
  return {
    code,
    ...(typeof requested === 'number' ? { requested } : {}),
    ...(typeof available === 'number' ? { available } : {}),
  };
}
