import { plainToInstance } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import { validateSync } from 'class-validator';
import { isRecord } from './is-record.js';

/** One fault of an input, by the path of its field: `items[0].quantity`. */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

export type Checked<Value> = { readonly value: Value } | { readonly faults: readonly Fault[]; readonly tooMany: boolean };

/** More would only repeat: nobody mends a thousand faults from one answer. */
const MAX_FAULTS = 100;
const NESTED = 'nestedValidation';

const join = (path: string, name: string): string => (path === '' ? name : /^\d+$/.test(name) ? `${path}[${name}]` : `${path}.${name}`);

/** class-validator begins its messages with the property's name; ours give the path beside them. */
const wording = (property: string, message: string): string =>
  message.startsWith(`${property} `) ? message.slice(property.length + 1) : message.replace(`property ${property} should`, 'should');

function collect(errors: readonly ValidationError[], path: string, into: Fault[]): void {
  for (const error of errors) {
    if (into.length >= MAX_FAULTS) return;
    const field = join(path, error.property);
    for (const [name, message] of Object.entries(error.constraints ?? {}))
      if (name !== NESTED) into.push({ field, message: wording(error.property, message) });
    collect(error.children ?? [], field, into);
  }
}

const holds = (errors: readonly ValidationError[], constraint: string): boolean =>
  errors.some((error) => constraint in (error.constraints ?? {}) || holds(error.children ?? [], constraint));

/**
 * Turns plain JSON into an instance of a request class and checks it; for whole bodies and for single lines of a bulk request.
 * Unknown properties are faults. Validators that need a promise are not supported.
 */
export function check<Value extends object>(shape: new () => Value, plain: unknown): Checked<Value> {
  if (!isRecord(plain)) return { faults: [{ field: '', message: 'must be a JSON object' }], tooMany: false };
  const value = plainToInstance(shape, plain);
  const errors = validateSync(value, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  if (errors.length === 0) return { value };
  const faults: Fault[] = [];
  collect(errors, '', faults);
  return { faults, tooMany: holds(errors, 'arrayMaxSize') };
}
