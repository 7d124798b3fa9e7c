import { check } from '@holdfast/platform';
import type { ErpSimulator, VendorCall } from '@holdfast/sandbox';
import { VendorClient } from '@holdfast/vendor-http';
import type {
  ErpAccount,
  ErpFault,
  ErpTools,
  RefusedRow,
  ScanMemory,
  ScanPosition,
  StockRow,
  TokenMemory,
} from '../../src/pollers/port.js';
import type { ErpRig } from './erp-rig.js';

/** Of calls; an impatient account gives up before an answer that is late can come. */
const [PATIENT_MS, IMPATIENT_MS] = [20_000, 200];
const BEGIN = Date.parse('2026-07-01T12:00:00Z');

/** Time of the ERP and of Holdfast; it stands unless it is moved. What waits for it never happens. */
export class StandingClock {
  private at = BEGIN;

  now(): number {
    return this.at;
  }

  after(): void {
    // An answer that is as slow as that does not come.
  }

  forward(ms: number): void {
    this.at += ms;
  }
}

class KeptToken implements TokenMemory {
  private kept: { readonly token: string; readonly until: number } | undefined;

  constructor(private readonly clock: StandingClock) {}

  token(): string | undefined {
    return this.kept !== undefined && this.kept.until > this.clock.now() ? this.kept.token : undefined;
  }

  keep(token: string, expiresInMs: number): void {
    this.kept = { token, until: this.clock.now() + expiresInMs };
  }

  drop(token: string): void {
    if (this.kept?.token === token) this.kept = undefined;
  }
}

/** As a process keeps it from scan to scan. */
export class KeptStarts implements ScanMemory {
  private kept: readonly string[] = [];

  starts(): readonly string[] {
    return this.kept;
  }

  keep(starts: readonly string[]): void {
    this.kept = starts;
  }
}

/** What a scan showed. */
export interface Scanned {
  /** By `SKU @ warehouse`; a later page replaces. */
  readonly figures: ReadonlyMap<string, string>;
  readonly rows: readonly StockRow[];
  readonly refusedRows: readonly RefusedRow[];
  readonly pages: number;
  readonly fault: ErpFault | undefined;
  /** Where the scan goes on after its last good page. */
  readonly cursor: string | undefined;
  readonly since: string | undefined;
  readonly asOf: readonly number[];
  readonly skewMs: readonly number[];
}

/** One ERP, the account that reads it, and their time. */
export class ErpBench {
  private readonly scans = new KeptStarts();

  private constructor(
    readonly rig: ErpRig,
    readonly clock: StandingClock,
    readonly erp: ErpSimulator,
    private readonly clients: { readonly patient: VendorClient; readonly impatient: VendorClient },
    private readonly seen: { onStockCall?: (call: VendorCall) => void },
  ) {}

  static async open(rig: ErpRig, skewMs = 0): Promise<ErpBench> {
    const clock = new StandingClock();
    const seen: { onStockCall?: (call: VendorCall) => void } = {};
    const erp = await rig.start({ clock, skewMs, onCall: (operation, call) => operation === rig.operation && seen.onStockCall?.(call) });
    const clients = {
      patient: new VendorClient({ allowPrivateAddresses: true }, PATIENT_MS),
      impatient: new VendorClient({ allowPrivateAddresses: true }, IMPATIENT_MS),
    };
    return new ErpBench(rig, clock, erp, clients, seen);
  }

  /** Tells of each call that reads stock, before it is answered. */
  onStockCall(happens: (call: VendorCall) => void): void {
    this.seen.onStockCall = happens;
  }

  /** Opens the connection as a request of the simulator's body does. */
  account(settings: Readonly<Record<string, unknown>> = {}, patience: 'patient' | 'impatient' = 'patient'): ErpAccount {
    const { poller } = this.erp.connection;
    const tools: ErpTools = {
      http: this.clients[patience].until(new AbortController().signal),
      tokens: new KeptToken(this.clock),
      scans: this.scans,
      now: () => this.clock.now(),
      newId: () => '00000000-0000-4000-8000-000000000000',
    };
    return this.rig.system.open(
      {
        settings: checked(this.rig.system.settings, { ...poller.settings, ...this.rig.settings, ...settings }),
        credentials: checked(this.rig.system.credentials, poller.credentials),
      },
      tools,
    );
  }

  set(sku: string, quantity: string, warehouse = this.rig.warehouses[0]): void {
    this.erp.company.set({ sku, warehouse }, { quantity });
  }

  /** Calls that read stock so far. */
  get stockCalls(): number {
    return this.erp.log.of(this.rig.operation).length;
  }

  async close(): Promise<void> {
    await this.clients.patient.close();
    await this.clients.impatient.close();
    await this.erp.close();
  }
}

function checked<Value extends object>(shape: new () => Value, plain: object): Value {
  const found = check(shape, plain);
  if ('faults' in found) throw new Error(JSON.stringify(found.faults));
  return found.value;
}

export async function scanned(account: ErpAccount, position: Partial<ScanPosition> = {}): Promise<Scanned> {
  const figures = new Map<string, string>();
  const rows: StockRow[] = [];
  const refusedRows: RefusedRow[] = [];
  const [asOf, skewMs]: [number[], number[]] = [[], []];
  let pages = 0;
  let fault: ErpFault | undefined;
  let [cursor, since] = [position.cursor, position.since];
  for await (const read of account.pages({ cursor, since })) {
    if (read.kind === 'fault') {
      fault = read.fault;
      break;
    }
    pages += 1;
    for (const { sku, warehouseId, quantity } of read.page.rows) figures.set(`${sku} @ ${warehouseId}`, quantity);
    rows.push(...read.page.rows);
    refusedRows.push(...read.page.refusedRows);
    asOf.push(read.page.asOf);
    skewMs.push(read.page.skewMs);
    cursor = read.page.next ?? undefined;
    since = read.page.since ?? since;
  }
  return { figures, rows, refusedRows, pages, fault, cursor, since, asOf, skewMs };
}
