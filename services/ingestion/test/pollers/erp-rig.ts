import type { ErpOptions, ErpSimulator } from '@holdfast/sandbox';
import type { ErpSystem } from '../../src/pollers/port.js';

/** What an ERP may lack, so that a case does not apply to it; the reason is the title then. */
export type Ability =
  /** Access tokens that end. */
  | 'tokens'
  /** Several pages of one warehouse, which rows can move between. */
  | 'moving_rows'
  /** A scan of all stock. */
  | 'full'
  /** Texts whose blanks are padding. */
  | 'padding';

/** How the contract suite drives one ERP. */
export interface ErpRig {
  readonly system: ErpSystem;
  readonly start: (options: ErpOptions) => Promise<ErpSimulator>;
  /** Beside those that the simulator says: pages as small as they get. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Two warehouses that the connection reads. */
  readonly warehouses: readonly [string, string];
  readonly lacks: Partial<Readonly<Record<Ability, string>>>;
  /** Operation of the simulator that reads stock. */
  readonly operation: string;
  /** A number that the ERP can keep exactly, with a fraction. */
  readonly exact: string;
}
