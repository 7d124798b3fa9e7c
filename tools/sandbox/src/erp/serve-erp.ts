import { FaultPlan } from '../faults/fault-plan.js';
import { CallLog } from '../http/call-log.js';
import { serveVendor, type VendorServerOptions } from '../http/vendor-server.js';
import { realClock, type SandboxClock } from '../sandbox-clock.js';
import { CompanyLife } from './company-life.js';
import { Company } from './company.js';
import type { ErpOptions, ErpSimulator, ErpSystem } from './erp-simulator.js';

/** What an ERP consists of before it is served. */
export interface ErpParts {
  readonly clock: SandboxClock;
  readonly faults: FaultPlan;
  readonly log: CallLog;
  readonly company: Company;
  readonly life: CompanyLife;
}

export function erpParts({ clock = realClock, seed = 1 }: ErpOptions): ErpParts {
  const company = new Company(clock);
  return { clock, faults: new FaultPlan(), log: new CallLog(), company, life: new CompanyLife(company, seed) };
}

type Connection = ErpSimulator['connection'];

interface Served<System extends ErpSystem> {
  readonly system: System;
  /** As people call it. */
  readonly name: string;
  readonly server: Pick<VendorServerOptions, 'routes' | 'spared' | 'faultAnswer' | 'onExpireTokens'>;
  /** Says where a call or its answer breaks the vendor's own specification. */
  readonly faultsOf?: (...given: Parameters<NonNullable<VendorServerOptions['check']>>) => readonly string[];
  readonly access: (url: string) => Pick<Connection['poller'], 'settings' | 'credentials'>;
}

/** Serves an ERP with its company: what is the same for every system. */
export async function serveErp<System extends ErpSystem>(
  parts: ErpParts,
  options: ErpOptions,
  { system, name, server, faultsOf, access }: Served<System>,
): Promise<ErpSimulator & { readonly system: System }> {
  const { clock, faults, log, company, life } = parts;
  let skewMs = options.skewMs ?? 0;
  const { url, close } = await serveVendor({
    ...server,
    faults,
    log,
    clock,
    port: options.port ?? 0,
    onCall: options.onCall,
    headers: () => ({ date: new Date(clock.now() + skewMs).toUTCString() }),
    ...(faultsOf === undefined ? {} : { check: (...given) => faultsOf(...given).forEach((text) => log.violation(text)) }),
  });
  return {
    system,
    url,
    connection: { name: `${name} (sandbox)`, system, poller: { intervalSeconds: 60, enabled: true, ...access(url) } },
    faults,
    log,
    company,
    life,
    setSkew: (ms) => {
      skewMs = ms;
    },
    close,
  };
}
