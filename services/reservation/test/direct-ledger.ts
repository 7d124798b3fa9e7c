import { STREAMS } from '@holdfast/contracts';
import { NO_STREAM, START, type EventStore } from '@holdfast/event-store';
import { decideSku, evolveSku, initialSkuState, type SkuCommand, type SkuState } from '@holdfast/inventory';
import { stockStream, type CommandContext, type Outcome, type SkuLedger, type SkuRef } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/kit';

/** A ledger without queue and cache: reads, decides, appends. So little of its own that a test sees every append. */
export class DirectLedger implements SkuLedger {
  constructor(private readonly store: EventStore) {}

  async execute(ref: SkuRef, command: SkuCommand, context: CommandContext = {}): Promise<Outcome> {
    for (;;) {
      const { state, revision, position } = await this.read(ref);
      const decision = decideSku(state, command);
      if (decision.kind === 'refused') return { ...decision, position, state };
      if (decision.events.length === 0) return { kind: 'accepted', events: [], revision, position, state };
      const metadata = { ...context, tenant: ref.tenant, at: command.at, commandId: command.commandId };
      const events = decision.events.map((event, index) => ({
        id: uuidOf(`${command.commandId}|${index}`),
        ...STREAMS.stock.encode(event),
        metadata,
      }));
      const result = await this.store.append(stockStream(ref), revision, events);
      if (result.kind === 'conflict') continue;
      for (const event of decision.events) evolveSku(state, event, command.at);
      return { kind: 'accepted', events: decision.events, revision: result.revision, position: result.position, state };
    }
  }

  async read(ref: SkuRef): Promise<{ readonly state: SkuState; readonly revision: number; readonly position: bigint }> {
    const events = await this.store.readStream(stockStream(ref));
    const state = initialSkuState();
    for (const event of events) evolveSku(state, STREAMS.stock.decode(event), event.metadata.at);
    const last = events.at(-1);
    return { state, revision: last?.revision ?? NO_STREAM, position: last?.position ?? START };
  }

  async drain(): Promise<void> {
    await Promise.resolve();
  }
}
