import type { Position } from '@holdfast/event-store';
import { DueHeap } from './due-heap.js';
import { holdKey, keyOf, orderKey, type OpenHold, type OpenOrder, type OpenWork, type OpenWorkChange } from './open-work.js';

/** All open items, by key and by due time, with the changes since the last checkpoint. Ended items are removed at once. */
export class OpenWorkSet {
  readonly heap = new DueHeap<OpenWork>();
  private readonly items = new Map<string, OpenWork>();
  /** Keys that lie in the table, so that what opens and ends between two writes never gets there. */
  private readonly written = new Set<string>();
  private changes = new Map<string, OpenWorkChange>();

  get size(): number {
    return this.items.size;
  }

  hold(tenant: string, reservationId: string): OpenHold | undefined {
    const item = this.items.get(holdKey(tenant, reservationId));
    return item?.kind === 'hold' ? item : undefined;
  }

  order(tenant: string, reservationId: string): OpenOrder | undefined {
    const item = this.items.get(orderKey(tenant, reservationId));
    return item?.kind === 'order' ? item : undefined;
  }

  /** Whether this very item is still open. */
  contains(item: OpenWork): boolean {
    return this.items.get(keyOf(item)) === item;
  }

  /** Adds the items of the checkpoint. */
  restore(item: OpenWork): void {
    const key = keyOf(item);
    this.items.set(key, item);
    this.written.add(key);
    this.heap.place(item);
  }

  /** Adds an item, or records that it changed. */
  put(item: OpenWork, position: Position): void {
    const key = keyOf(item);
    const before = this.items.get(key);
    if (before !== undefined && before !== item) this.heap.remove(before);
    this.items.set(key, item);
    this.heap.place(item);
    this.changes.set(key, { key, item, position });
  }

  end(item: OpenWork, position: Position): void {
    const key = keyOf(item);
    this.items.delete(key);
    this.heap.remove(item);
    if (this.written.has(key)) this.changes.set(key, { key, item: undefined, position });
    else this.changes.delete(key);
  }

  /** Takes the changes out; give them back with `untake` if they could not be written. */
  takeChanges(): readonly OpenWorkChange[] {
    const taken = [...this.changes.values()];
    this.changes = new Map();
    for (const { key, item } of taken) {
      if (item === undefined) this.written.delete(key);
      else this.written.add(key);
    }
    return taken;
  }

  untake(changes: readonly OpenWorkChange[]): void {
    for (const change of changes) {
      // Whether the write took effect is unknown. Deleting a missing row costs nothing.
      this.written.add(change.key);
      if (!this.changes.has(change.key)) this.changes.set(change.key, change);
    }
  }
}
