import type { ValidationError } from 'class-validator';
import { validateSync } from 'class-validator';
import { fieldsOf } from './fields.js';
import { isFaultless } from './is-faultless.js';
import { isRecord } from './is-record.js';

/** One fault of an input, by the path of its field: `items[0].quantity`. */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

export interface Faults {
  readonly faults: readonly Fault[];
  /** What programs compare: `validation_failed`, or the own code of one of the faults. */
  readonly code: string;
}

export type Checked<Value> = { readonly value: Value } | Faults;

type Shape<Value extends object> = new () => Value;

/** Most faults in one answer; a caller corrects no more than this at once. */
const MAX_FAULTS = 100;

/** Constraints that are refused with a code of their own. */
const CODES: Readonly<Record<string, string>> = { arrayMaxSize: 'too_many_lines', pageTooLarge: 'page_too_large' };

const VALIDATION = { forbidUnknownValues: true, stopAtFirstError: true, validationError: { target: false, value: false } } as const;

/** The path of a field within another: `items` and `0` make `items[0]`, and with `sku` then `items[0].sku`. */
export const fieldPath = (path: string, name: string | number): string =>
  typeof name === 'number' ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;

/** class-validator begins its messages with the property's name; ours give the path beside them. */
const wording = (property: string, message: string): string =>
  message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;

class FoundFaults {
  readonly faults: Fault[] = [];
  code = 'validation_failed';

  get full(): boolean {
    return this.faults.length >= MAX_FAULTS;
  }

  add(field: string, message: string, constraint = ''): void {
    if (Object.hasOwn(CODES, constraint)) this.code = CODES[constraint] ?? this.code;
    if (!this.full) this.faults.push({ field, message });
  }

  addConstraints(field: string, { property, constraints = {} }: ValidationError): void {
    for (const [name, message] of Object.entries(constraints)) this.add(field, wording(property, message), name);
  }
}

/**
 * Turns plain JSON into an instance of a request class and checks it; for single lines of a bulk request. Unknown fields are faults.
 * What it costs grows with what the class knows, not with what was sent. Validators that need a promise are not supported.
 */
export function check<Value extends object>(shape: Shape<Value>, plain: unknown): Checked<Value> {
  const steps = checking(shape, plain);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of one object each, for whole bodies. */
export function* checking<Value extends object>(shape: Shape<Value>, plain: unknown): Generator<undefined, Checked<Value>> {
  const found = new FoundFaults();
  const value = yield* examine(shape, plain, '', found);
  return found.faults.length === 0 ? { value } : found;
}

function* examine<Value extends object>(
  shape: Shape<Value>,
  plain: unknown,
  path: string,
  found: FoundFaults,
): Generator<undefined, Value> {
  const value = new shape();
  if (!isRecord(plain)) {
    found.add(path, 'must be a JSON object');
    return value;
  }
  assign(value, plain, path, found);
  const errors = errorsOf(shape, value);
  for (const [name, { holds }] of fieldsOf(shape)) {
    if (found.full) return value;
    const error = errors.get(name);
    if (error !== undefined) found.addConstraints(fieldPath(path, name), error);
    else if (holds !== undefined) yield* examineHeld(holds(), value, name, fieldPath(path, name), found);
  }
  yield;
  return value;
}

const NO_ERRORS: ReadonlyMap<string, ValidationError> = new Map();

const errorsOf = (shape: Shape<object>, value: object): ReadonlyMap<string, ValidationError> =>
  isFaultless(shape, value) ? NO_ERRORS : new Map(validateSync(value, VALIDATION).map((error) => [error.property, error]));

/** Copies the fields that the class knows. */
function assign(value: object, plain: Readonly<Record<string, unknown>>, path: string, found: FoundFaults): void {
  const fields = fieldsOf(value.constructor as Shape<object>);
  for (const name of Object.keys(plain)) {
    if (found.full) return;
    const reading = fields.get(name);
    if (reading === undefined) found.add(fieldPath(path, name), `is not a field here; the fields are ${[...fields.keys()].join(', ')}`);
    else if (plain[name] !== null || reading.nullIsAbsent !== true)
      Reflect.set(value, name, reading.read === undefined ? plain[name] : reading.read(plain[name]));
  }
}

/** Replaces the plain objects that a field holds by instances. */
function* examineHeld(shape: Shape<object>, value: object, name: string, path: string, found: FoundFaults): Generator<undefined, void> {
  const held: unknown = Reflect.get(value, name);
  if (held === undefined || held === null) return;
  if (!Array.isArray(held)) {
    Reflect.set(value, name, yield* examine(shape, held, path, found));
    return;
  }
  const entries: object[] = [];
  for (let index = 0; index < held.length && !found.full; index += 1)
    entries.push(yield* examine(shape, held[index], fieldPath(path, index), found));
  Reflect.set(value, name, entries);
}
