import { startSapSimulator, type SapOptions } from '@holdfast/sandbox';
import { sapSystem } from '../../src/pollers/sap-s4hana/system.js';
import type { ErpRig } from './erp-rig.js';

export const sapRig = (options: SapOptions, settings: ErpRig['settings'] = {}, lacks: ErpRig['lacks'] = {}): ErpRig => ({
  system: sapSystem,
  start: (more) => startSapSimulator({ ...more, ...options }),
  settings,
  warehouses: ['1010/101A', '1020/102A'],
  lacks,
  operation: 'readStock',
  exact: '12345678901234567.12345678901234',
});
