import { accept, type Decision } from '../decision.js';
import type { SkuCommand } from './commands.js';
import type { SkuEvent } from './events.js';
import type { SkuState } from './state.js';

/** Decides a command on one SKU. Reads the state only. */
export function decideSku(state: SkuState, command: SkuCommand): Decision<SkuEvent> {
  void state;
  void command;
  return accept();
}
