import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { stockStream, type SkuRef } from '@holdfast/ledger';
import type { HoldView } from './hold-view.dto.js';
import { LotTracer, namesOf, TRACED, type TracedEvent, type TracedUnits } from './lot-trace.js';

const PAGE = 1_000;

/** Reads twice: an early event may name the lot by an id that it got, or lost, only later. */
export async function readLotTrace(
  eventStore: Pick<EventStore, 'readStream'>,
  ref: SkuRef,
  lotId: string,
): Promise<Required<Pick<HoldView, 'affected' | 'untraced'>>> {
  const read = async (types: readonly TracedEvent['type'][], each: (event: TracedEvent, at: number) => void): Promise<void> => {
    const wanted = new Set<string>(STREAMS.stock.storedTypes(types));
    for (let from = 0; ;) {
      const page = await eventStore.readStream(stockStream(ref), { from, limit: PAGE });
      for (const recorded of page) if (wanted.has(recorded.type)) each(STREAMS.stock.decode(recorded) as TracedEvent, recorded.metadata.at);
      if (page.length < PAGE) return;
      from += PAGE;
    }
  };
  const renames: Extract<TracedEvent, { type: 'LotRenamed' }>[] = [];
  await read(['LotRenamed'], (event) => event.type === 'LotRenamed' && renames.push(event));
  const tracer = new LotTracer(namesOf(lotId, renames));
  await read(TRACED, (event, at) => tracer.add(event, at));
  const { affected, untraced } = tracer.trace();
  return { affected: affected.map(view), untraced: untraced.map(view) };
}

const view = ({ at, ...units }: TracedUnits) => ({ ...units, at: new Date(at).toISOString() });
