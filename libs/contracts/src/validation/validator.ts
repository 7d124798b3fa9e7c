import { IDENTIFIER, identifierFault, SENT_IDENTIFIER, SKU, skuFault, TENANT, tenantFault } from '@holdfast/kit';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../schemas/json-schema.js';
import { instantOf } from './instant.js';

/** One fault of a value: where, and what would be right. */
export interface Fault {
  /** Path of the field, such as `data.quantity`; empty for the whole value. */
  readonly field: string;
  readonly message: string;
}

const ajv = new Ajv2020({ allErrors: true, strict: true, ownProperties: true, verbose: true });
ajv.addFormat('date-time', (text) => instantOf(text) !== undefined);

const param = (error: ErrorObject, name: string): string => String(error.params[name]);

const PATTERNS: ReadonlyMap<string, (value: unknown) => string | undefined> = new Map([
  [IDENTIFIER, identifierFault],
  [SENT_IDENTIFIER, identifierFault],
  [SKU, skuFault],
  [TENANT, tenantFault],
]);

function patternFault(pattern: string, value: unknown): string {
  return PATTERNS.get(pattern)?.(value) ?? `must match ${pattern}`;
}

function wish(error: ErrorObject): string {
  switch (error.keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return 'is not a field of this message; leave it out or correct its name';
    case 'type':
      return `must be ${param(error, 'type') === 'integer' ? 'a whole number' : `of type ${param(error, 'type')}`}`;
    case 'const':
      return `must be "${param(error, 'allowedValue')}"`;
    case 'enum':
      return `must be one of ${(error.params['allowedValues'] as readonly string[]).join(', ')}`;
    case 'minimum':
      return `must be at least ${param(error, 'limit')}`;
    case 'maximum':
      return `must be at most ${param(error, 'limit')}`;
    case 'minLength':
      return 'must not be empty';
    case 'maxLength':
      return `must have at most ${param(error, 'limit')} characters`;
    case 'pattern':
      return patternFault(param(error, 'pattern'), error.data);
    case 'format':
      return 'must be a time such as 2026-03-01T08:30:00Z';
    default:
      return error.message ?? 'is not valid';
  }
}

function fieldOf(error: ErrorObject): string {
  const path = error.instancePath.split('/').slice(1);
  const named = error.keyword === 'required' ? param(error, 'missingProperty') : undefined;
  const surplus = error.keyword === 'additionalProperties' ? param(error, 'additionalProperty') : undefined;
  return [...path, ...(named === undefined ? [] : [named]), ...(surplus === undefined ? [] : [surplus])].join('.');
}

const faultOf = (error: ErrorObject): Fault => ({ field: fieldOf(error), message: wish(error) });

/** Gives every fault of a value, none where it is valid. */
export interface Validator {
  (value: unknown): readonly Fault[];
  /** Compiles the schema now, which takes up to a tenth of a second; else the first value does. */
  compile(): void;
}

/** The check of values by a schema, which is compiled once. */
export function validatorOf(schema: JsonSchema): Validator {
  let compiled: ValidateFunction | undefined;
  const compile = (): ValidateFunction =>
    (compiled ??= ajv.compile({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }));
  const faultsIn = (value: unknown): readonly Fault[] => {
    const validate = compile();
    return validate(value) ? [] : (validate.errors ?? []).map(faultOf);
  };
  return Object.assign(faultsIn, { compile: () => void compile() });
}
