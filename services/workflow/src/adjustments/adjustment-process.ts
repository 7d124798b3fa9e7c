import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { availableUnits, type AdjustStock, type Location, type SkuCommand } from '@holdfast/inventory';
import type { ProcessRef, ProcessTable } from '@holdfast/kit';
import type { KnownLocations, Outcome, SkuLedger } from '@holdfast/ledger';
import {
  decideAdjustment,
  evolveAdjustment,
  initialAdjustmentState,
  type AdjustedLine,
  type AdjustedLineRefusal,
  type AdjustmentCommand,
  type AdjustmentEvent,
  type AdjustmentState,
  type StartAdjustment,
} from '@holdfast/warehouse';
import { DocumentStreams, type DocumentFamily, type KnownDocument } from '../line-processes/document-streams.js';
import { saleOf } from '../bin-sale/sale-of.js';
import { lineCommandId, LineProcess } from '../line-processes/line-process.js';

export const ADJUSTMENT_KIND = 'adjustment';

export type KnownAdjustment = KnownDocument<AdjustmentState>;
export type AdjustmentStreams = DocumentStreams<AdjustmentState, AdjustmentCommand, AdjustmentEvent>;
export type AdjustmentProcess = LineProcess<AdjustmentState, StartAdjustment, AdjustedLine>;

const FAMILY: DocumentFamily<AdjustmentState, AdjustmentCommand, AdjustmentEvent> = {
  initial: initialAdjustmentState,
  decide: decideAdjustment,
  evolve: evolveAdjustment,
  codec: STREAMS.adjustment,
  size: ({ lines }) => lines.length,
};

export const adjustmentStreams = (eventStore: EventStore): AdjustmentStreams => new DocumentStreams(FAMILY, eventStore);

/** Applies the lines of an adjustment to their SKUs. */
export function adjustmentProcess(
  streams: AdjustmentStreams,
  { ledger, locations }: { readonly ledger: SkuLedger; readonly locations: Pick<KnownLocations, 'find'> },
  table: ProcessTable,
  now: () => number,
): AdjustmentProcess {
  return new LineProcess({
    kind: ADJUSTMENT_KIND,
    streams: {
      read: (ref) => streams.read(ref),
      execute: (ref, command, actor) => streams.execute(ref, command as AdjustmentCommand, actor),
    },
    table,
    now,
    openLines: ({ phase, lines }) => (phase === 'applying' ? lines.length : undefined),
    completion: 'CompleteAdjustment',
    createdBy: ({ createdBy }) => createdBy,
    applyLine: async (ref, state, index) => {
      const at = now();
      const sku = state.lines[index]?.sku ?? '';
      const location = state.lines[index]?.binId === undefined ? undefined : await locations.find(ref.tenant, state.locationId);
      const context = { actor: state.createdBy, correlationId: ref.id };
      const outcome = await ledger.execute({ tenant: ref.tenant, sku }, lineCommand(ref, state, index, { at, location }), context);
      return {
        line: index + 1,
        ...(outcome.kind === 'refused' ? { refusal: refusalOf(outcome) } : {}),
        quantityOnHand: outcome.state.balances.get(state.locationId)?.onHand ?? 0,
        quantityAvailable: availableUnits(outcome.state, state.locationId, at),
      };
    },
  });
}

interface Applied {
  readonly at: number;
  readonly location: Location | undefined;
}

function lineCommand(ref: ProcessRef, state: AdjustmentState, index: number, { at, location }: Applied): SkuCommand {
  const line = index + 1;
  return {
    type: 'AdjustStock',
    at,
    commandId: lineCommandId(ADJUSTMENT_KIND, ref, line),
    locationId: state.locationId,
    delta: state.lines[index]?.delta ?? 0,
    effectiveAt: state.effectiveAt ?? at,
    reasonCode: state.reasonCode,
    ...(state.reason === undefined ? {} : { reason: state.reason }),
    ...(state.countsAsUse === true ? { countsAsUse: true } : {}),
    ...(state.mayUncoverPromises === undefined ? {} : { mayUncoverPromises: state.mayUncoverPromises }),
    ...positionOf(state.lines[index]),
    ...saleOf(location, state.lines[index]?.binId),
    documentId: ref.id,
    documentLine: line,
  };
}

const positionOf = (line: AdjustmentState['lines'][number] | undefined): Pick<AdjustStock, 'lotId' | 'binId'> => ({
  ...(line?.lotId === undefined ? {} : { lotId: line.lotId }),
  ...(line?.binId === undefined ? {} : { binId: line.binId }),
});

/** What is kept of a refusal: a change of a time before a count has a code of its own. */
function refusalOf({ code, details }: Extract<Outcome, { kind: 'refused' }>): AdjustedLineRefusal {
  const { requested, available, later, laterAt } = details;
  return {
    code: code === 'later_fact_known' && later === 'count' ? 'counted_since' : code,
    ...(typeof requested === 'number' ? { requested } : {}),
    ...(typeof available === 'number' ? { available } : {}),
    ...(typeof laterAt === 'number' ? { laterAt } : {}),
  };
}
