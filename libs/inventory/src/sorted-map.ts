/** A node of a balanced tree (AVL): the heights of the two sides of each node differ by at most 1. */
interface Node<Value> {
  readonly key: string;
  readonly value: Value;
  readonly height: number;
  readonly left: Side<Value>;
  readonly right: Side<Value>;
}

type Side<Value> = Node<Value> | undefined;

/**
 * A map by text that never changes: `with` returns another map that shares all but some dozen nodes with this one. For state that pure
 * functions return and others keep, where copying a `Map` for each change would take time in proportion to what it holds.
 */
export class SortedMap<Value> {
  private constructor(
    private readonly root: Side<Value>,
    readonly size: number,
  ) {}

  static of<Value>(entries: Iterable<readonly [string, Value]>): SortedMap<Value> {
    let map = new SortedMap<Value>(undefined, 0);
    for (const [key, value] of entries) map = map.with(key, value);
    return map;
  }

  get(key: string): Value | undefined {
    return find(this.root, key)?.value;
  }

  has(key: string): boolean {
    return find(this.root, key) !== undefined;
  }

  /** The map with the value under the key, in place of one that it has. */
  with(key: string, value: Value): SortedMap<Value> {
    return new SortedMap(put(this.root, key, value), this.has(key) ? this.size : this.size + 1);
  }

  /** In the order of their keys, by UTF-16 code units. */
  *values(): Generator<Value> {
    const above: Node<Value>[] = [];
    for (let at = this.root; at !== undefined || above.length > 0;) {
      for (; at !== undefined; at = at.left) above.push(at);
      const next = above.pop();
      if (next === undefined) return;
      yield next.value;
      at = next.right;
    }
  }
}

function find<Value>(root: Side<Value>, key: string): Side<Value> {
  let at = root;
  while (at !== undefined && at.key !== key) at = key < at.key ? at.left : at.right;
  return at;
}

function put<Value>(node: Side<Value>, key: string, value: Value): Node<Value> {
  if (node === undefined) return { key, value, height: 1, left: undefined, right: undefined };
  if (key === node.key) return { ...node, value };
  return key < node.key ? balanced(node, put(node.left, key, value), node.right) : balanced(node, node.left, put(node.right, key, value));
}

const heightOf = (side: Side<unknown>): number => side?.height ?? 0;

const above = <Value>({ key, value }: Node<Value>, left: Side<Value>, right: Side<Value>): Node<Value> => ({
  key,
  value,
  height: Math.max(heightOf(left), heightOf(right)) + 1,
  left,
  right,
});

/** The node above two sides of which one may have become too high by one. */
function balanced<Value>(node: Node<Value>, left: Side<Value>, right: Side<Value>): Node<Value> {
  const difference = heightOf(left) - heightOf(right);
  if (left !== undefined && difference > 1) {
    const { right: inner } = left;
    if (inner !== undefined && inner.height > heightOf(left.left))
      return above(inner, above(left, left.left, inner.left), above(node, inner.right, right));
    return above(left, left.left, above(node, inner, right));
  }
  if (right !== undefined && difference < -1) {
    const { left: inner } = right;
    if (inner !== undefined && inner.height > heightOf(right.right))
      return above(inner, above(node, left, inner.left), above(right, inner.right, right.right));
    return above(right, above(node, left, inner), right.right);
  }
  return above(node, left, right);
}
