import type { FaultPlan } from '../faults/fault-plan.js';
import type { CallLog } from '../http/call-log.js';
import type { SandboxClock } from '../sandbox-clock.js';
import type { SimulatorOptions } from '../simulator.js';
import type { Company } from './company.js';
import type { CompanyLife } from './company-life.js';

export const ERP_SYSTEMS = ['sap-s4hana', 'totvs-protheus', 'linx-microvix'] as const;
export type ErpSystem = (typeof ERP_SYSTEMS)[number];

export interface ErpOptions extends Omit<SimulatorOptions, 'limits'> {
  readonly clock?: SandboxClock;
  /** How far the ERP's clock is ahead, by its `Date` header. Default 0. */
  readonly skewMs?: number;
  /** Of what happens in the company. Default 1. */
  readonly seed?: number;
}

/** One ERP with one company, on a loopback port. */
export interface ErpSimulator {
  readonly system: ErpSystem;
  readonly url: string;
  /** What a connection to this ERP is set up with: the body of `PUT /v1/erp/connections/{connectionId}`. */
  readonly connection: {
    readonly name: string;
    readonly system: ErpSystem;
    readonly poller: {
      readonly intervalSeconds: number;
      readonly enabled: boolean;
      readonly settings: Readonly<Record<string, unknown>>;
      readonly credentials: Readonly<Record<string, string>>;
    };
  };
  readonly faults: FaultPlan;
  readonly log: CallLog;
  readonly company: Company;
  readonly life: CompanyLife;
  /** How far the ERP's clock is ahead from now on. */
  setSkew(ms: number): void;
  close(): Promise<void>;
}
