import { MemoryEventStore, type AppendResult, type MemoryLog, type NewEvent } from '@holdfast/event-store';
import { MAIN_LOCATION, type SkuCommand, type TransferCommand } from '@holdfast/inventory';
import type { ProcessTable } from '@holdfast/kit';
import { LotCalendar, openSkuLedger, type SkuLedger } from '@holdfast/ledger';
import { SkuSteps } from '../src/transfers/sku-steps.js';
import { TransferProcess } from '../src/transfers/transfer-process.js';
import { TransferStreams } from '../src/transfers/transfer-streams.js';

export const tenant = 'demo';
export const ref = { tenant, transferId: 'tr_1' };
export const at = Date.UTC(2026, 6, 1);
export const envelope = (commandId: string) => ({ at, commandId });

/** Every driver takes its lease for valid, whoever else works on the transfer: nothing rests on it. */
const table = {
  hold: (_ref: unknown, work: (lease: unknown) => unknown) => work({ check: () => undefined, confirm: () => Promise.resolve() }),
} as unknown as ProcessTable;

/** The store as a process sees it that dies at its n-th append, before or after it is stored. */
export class FailingStore extends MemoryEventStore {
  private appends = 0;

  constructor(
    log: MemoryLog,
    private readonly death: { readonly atAppend: number; readonly stored: boolean },
  ) {
    super({ log });
  }

  override async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    this.appends += 1;
    if (this.appends < this.death.atAppend) return super.append(stream, expected, events);
    if (this.appends === this.death.atAppend && this.death.stored) await super.append(stream, expected, events);
    throw new Error('the process is dead');
  }
}

const zones: Readonly<Record<string, string>> = { BER: 'Europe/Berlin', SAO: 'America/Sao_Paulo' };

const locations = {
  find: (_tenant: string, locationId: string) =>
    Promise.resolve(
      zones[locationId] === undefined ? undefined : { ...MAIN_LOCATION, locationId, name: locationId, timeZone: zones[locationId] },
    ),
};

/** Midnight of Berlin and Sao Paulo; elsewhere that of UTC. */
export const calendar = new LotCalendar(locations);

export interface Running {
  readonly ledger: SkuLedger;
  readonly process: TransferProcess;
  readonly streams: TransferStreams;
}

export async function running(store: MemoryEventStore, around: (ledger: SkuLedger) => SkuLedger = (ledger) => ledger): Promise<Running> {
  const ledger = around(await openSkuLedger({ eventStore: store }));
  const streams = new TransferStreams(store);
  const process = new TransferProcess(streams, new SkuSteps(ledger, () => at, calendar, locations), table, () => at);
  return { ledger, streams, process };
}

export const change = (ledger: SkuLedger, sku: string, command: SkuCommand) => ledger.execute({ tenant, sku }, command);
export const count = (counted: number, commandId: string): SkuCommand => ({
  type: 'RecordStock',
  ...envelope(commandId),
  locationId: 'BER',
  counted,
  effectiveAt: at,
  reasonCode: 'count',
});

export const run = ({ process }: Running, command: TransferCommand) => process.run(ref, command, 'somebody');

export async function figures({ ledger }: Running, sku: string): Promise<readonly number[]> {
  const { state } = await ledger.read({ tenant, sku });
  const onHand = (locationId: string): number => state.balances.get(locationId)?.onHand ?? 0;
  return [onHand('BER'), [...state.inTransit.values()].reduce((sum, { quantity }) => sum + quantity, 0), onHand('HAM')];
}
