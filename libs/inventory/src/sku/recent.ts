import { RECENT_IDS_KEPT } from './limits.js';
import type { SkuState } from './state.js';

/** Forgets the oldest entries beyond the limit. */
export function forgetOldest(entries: Map<string, unknown> | Set<string>, kept: number): void {
  for (const key of entries.keys()) {
    if (entries.size <= kept) return;
    entries.delete(key);
  }
}

/** Ids of different makers may look alike: each is kept under the kind of its maker. */
export const commandKey = (commandId: string): string => `command ${commandId}`;
export const messageKey = (connectionId: string | undefined, messageId: string): string => `message ${connectionId ?? ''} ${messageId}`;
export const receiptKey = (transferId: string, receiptId: string): string => `receipt ${transferId} ${receiptId}`;

/** Whether the SKU took a command or message with this key lately. */
export const isRepeat = (state: SkuState, key: string): boolean => state.recentIds.has(key);

/** Remembers the key among the latest ones. */
export function remember(state: SkuState, key: string): void {
  state.recentIds.add(key);
  forgetOldest(state.recentIds, RECENT_IDS_KEPT);
}
