import { RECENT_COMMANDS_KEPT, RECENT_MESSAGES_KEPT } from './limits.js';
import type { SkuState } from './state.js';

/** Deletes the oldest entries beyond the limit. */
export function forgetOldest(entries: Map<string, unknown> | Set<string>, kept: number): void {
  for (const key of entries.keys()) {
    if (entries.size <= kept) return;
    entries.delete(key);
  }
}

/** Whether the command is among the latest of the SKU. Commands of reservations and transfers are kept with these instead. */
export const isRepeatedCommand = (state: SkuState, commandId: string): boolean => state.recentCommands.has(commandId);

export function rememberCommand(state: SkuState, commandId: string): void {
  state.recentCommands.add(commandId);
  forgetOldest(state.recentCommands, RECENT_COMMANDS_KEPT);
}

const messageKey = (connectionId: string | undefined, messageId: string): string => `${connectionId ?? ''} ${messageId}`;

/**
 * Whether the message of an ERP, or the manual receipt, is among the latest of the SKU. Older ones are found in the inbox of the sender.
 */
export const isRepeatedMessage = (state: SkuState, connectionId: string | undefined, messageId: string): boolean =>
  state.recentMessages.has(messageKey(connectionId, messageId));

export function rememberMessage(state: SkuState, connectionId: string | undefined, messageId: string): void {
  state.recentMessages.add(messageKey(connectionId, messageId));
  forgetOldest(state.recentMessages, RECENT_MESSAGES_KEPT);
}
