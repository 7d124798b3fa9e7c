const NO_ENTRIES: ReadonlyMap<never, never> = new Map<never, never>();
const NO_VALUES: ReadonlySet<never> = new Set<never>();

/**
 * A map that takes memory for entries from the first one on. A SKU has a dozen of collections of which most stay empty; as plain maps and sets
 * the empty ones were half of the memory of a SKU without orders, and garbage collection copied them.
 */
export class LateMap<Key, Value> implements Map<Key, Value> {
  #filled: Map<Key, Value> | undefined;

  constructor(entries: Iterable<readonly [Key, Value]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.#filled === undefined ? 0 : this.#filled.size;
  }

  get [Symbol.toStringTag](): string {
    return 'Map';
  }

  get(key: Key): Value | undefined {
    return this.#filled?.get(key);
  }

  has(key: Key): boolean {
    return this.#filled !== undefined && this.#filled.has(key);
  }

  set(key: Key, value: Value): this {
    (this.#filled ??= new Map()).set(key, value);
    return this;
  }

  delete(key: Key): boolean {
    return this.#filled !== undefined && this.#filled.delete(key);
  }

  clear(): void {
    this.#filled = undefined;
  }

  forEach(callback: (value: Value, key: Key, map: Map<Key, Value>) => void, thisArg?: unknown): void {
    this.#filled?.forEach((value, key) => callback.call(thisArg, value, key, this));
  }

  entries(): MapIterator<[Key, Value]> {
    return (this.#filled ?? NO_ENTRIES).entries();
  }

  keys(): MapIterator<Key> {
    return (this.#filled ?? NO_ENTRIES).keys();
  }

  values(): MapIterator<Value> {
    return (this.#filled ?? NO_ENTRIES).values();
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }
}

/** The same for a set. */
export class LateSet<Value> implements Set<Value> {
  #filled: Set<Value> | undefined;

  constructor(values: Iterable<Value> = []) {
    for (const value of values) this.add(value);
  }

  get size(): number {
    return this.#filled === undefined ? 0 : this.#filled.size;
  }

  get [Symbol.toStringTag](): string {
    return 'Set';
  }

  has(value: Value): boolean {
    return this.#filled !== undefined && this.#filled.has(value);
  }

  add(value: Value): this {
    (this.#filled ??= new Set()).add(value);
    return this;
  }

  delete(value: Value): boolean {
    return this.#filled !== undefined && this.#filled.delete(value);
  }

  clear(): void {
    this.#filled = undefined;
  }

  forEach(callback: (value: Value, again: Value, set: Set<Value>) => void, thisArg?: unknown): void {
    this.#filled?.forEach((value) => callback.call(thisArg, value, value, this));
  }

  entries(): SetIterator<[Value, Value]> {
    return (this.#filled ?? NO_VALUES).entries();
  }

  keys(): SetIterator<Value> {
    return this.values();
  }

  values(): SetIterator<Value> {
    return (this.#filled ?? NO_VALUES).values();
  }

  [Symbol.iterator](): SetIterator<Value> {
    return this.values();
  }
}
