/** Something that falls due. The heap keeps its place in `heapIndex`, so that it can be moved or taken out in O(log n). */
export interface Due {
  /** Epoch milliseconds. */
  dueAt: number;
  heapIndex: number;
}

/** Value of `heapIndex` for an item that is in no heap. */
export const NOT_IN_HEAP = -1;

/** A binary heap, earliest first. What is taken out leaves nothing behind, so memory follows the number of open items. */
export class DueHeap<Item extends Due> {
  private readonly items: Item[] = [];

  get size(): number {
    return this.items.length;
  }

  peek(): Item | undefined {
    return this.items[0];
  }

  /** Adds the item, or moves it to where its changed `dueAt` belongs. */
  place(item: Item): void {
    if (item.heapIndex === NOT_IN_HEAP) {
      item.heapIndex = this.items.length;
      this.items.push(item);
    }
    this.siftUp(item);
    this.siftDown(item);
  }

  remove(item: Item): void {
    if (item.heapIndex === NOT_IN_HEAP) return;
    const index = item.heapIndex;
    const last = this.items.pop();
    item.heapIndex = NOT_IN_HEAP;
    if (last === undefined || last === item) return;
    this.put(last, index);
    this.siftUp(last);
    this.siftDown(last);
  }

  private siftUp(item: Item): void {
    while (item.heapIndex > 0) {
      const index = item.heapIndex;
      const parent = this.items[(index - 1) >> 1];
      if (parent === undefined || parent.dueAt <= item.dueAt) return;
      this.put(item, parent.heapIndex);
      this.put(parent, index);
    }
  }

  private siftDown(item: Item): void {
    for (;;) {
      const index = item.heapIndex;
      const left = this.items[2 * index + 1];
      const right = this.items[2 * index + 2];
      const child = right !== undefined && left !== undefined && right.dueAt < left.dueAt ? right : left;
      if (child === undefined || child.dueAt >= item.dueAt) return;
      this.put(item, child.heapIndex);
      this.put(child, index);
    }
  }

  private put(item: Item, index: number): void {
    this.items[index] = item;
    item.heapIndex = index;
  }
}
