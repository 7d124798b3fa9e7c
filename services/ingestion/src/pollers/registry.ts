import { linxMicrovix } from './linx-microvix/system.js';
import type { ErpSystem } from './port.js';
import { sapSystem } from './sap-s4hana/system.js';
import { totvsProtheus } from './totvs-protheus/system.js';

/** Every kind of ERP that is polled. A new one is a folder beside the others, and a line here. */
export const ERP_SYSTEMS: readonly ErpSystem[] = [sapSystem, totvsProtheus, linxMicrovix];

export type ErpSystems = ReadonlyMap<string, ErpSystem>;

export const systemsByName = (systems: readonly ErpSystem[]): ErpSystems => new Map(systems.map((system) => [system.name, system]));
