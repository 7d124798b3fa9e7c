import fc from 'fast-check';
import { DueHeap, NOT_IN_HEAP, type Due } from './due-heap.js';

const due = (dueAt: number): Due => ({ dueAt, heapIndex: NOT_IN_HEAP });

const drain = (heap: DueHeap<Due>): number[] => {
  const order: number[] = [];
  for (let item = heap.peek(); item !== undefined; item = heap.peek()) {
    order.push(item.dueAt);
    heap.remove(item);
  }
  return order;
};

describe('the heap of what falls due', () => {
  it('gives the earliest first', () => {
    const heap = new DueHeap<Due>();
    [5, 1, 4, 1, 3].forEach((at) => heap.place(due(at)));
    expect(drain(heap)).toEqual([1, 1, 3, 4, 5]);
  });

  it('keeps its order whatever is placed, moved and removed', () => {
    const step = fc.tuple(fc.constantFrom('place', 'move', 'remove'), fc.nat(30), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const heap = new DueHeap<Due>();
        const items = Array.from({ length: 31 }, () => due(0));
        const inside = new Set<Due>();
        for (const [kind, which, at] of steps) {
          const item = items[which] ?? due(0);
          if (kind === 'remove') {
            heap.remove(item);
            inside.delete(item);
          } else {
            item.dueAt = at;
            heap.place(item);
            inside.add(item);
          }
        }
        expect(heap.size).toBe(inside.size);
        expect(drain(heap)).toEqual([...inside].map((item) => item.dueAt).sort((left, right) => left - right));
      }),
    );
  });
});
