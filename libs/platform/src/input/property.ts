import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, ValidateIf } from 'class-validator';
import type { Reading } from './fields.js';
import { Reads } from './fields.js';

/** What every building block of a request body takes. */
export interface PropertyOptions {
  /** The property may be missing, and `null` in a body is read as missing unless `nullable`; default false. */
  readonly optional?: boolean;
  /** The property may be `null`; default false. */
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

/** The part of JSON Schema that the building blocks use. */
export interface PropertySchema {
  readonly type: 'integer' | 'number' | Type | [Type] | (() => Type | [Type]);
  readonly format?: string;
  readonly enum?: string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** One decorator that reads, validates and documents a property: what OpenAPI shows is what is checked. */
export function property(
  schema: PropertySchema,
  options: PropertyOptions,
  checks: readonly PropertyDecorator[],
  reading: Reading = {},
): PropertyDecorator {
  const documented = {
    ...schema,
    required: options.optional !== true,
    ...(options.description === undefined ? {} : { description: options.description }),
    ...(options.example === undefined ? {} : { example: options.example }),
  };
  return (target, key) => {
    ApiProperty({ ...documented, nullable: options.nullable === true })(target, key);
    // `null` has a meaning only where it is asked for; many clients write every field and have no other word for none.
    Reads(options.optional === true && options.nullable !== true ? { ...reading, nullIsAbsent: true } : reading)(target, key);
    for (const check of checks) check(target, key);
    if (options.optional === true && options.nullable === true) IsOptional()(target, key);
    else if (options.optional === true) ValidateIf((_, value) => value !== undefined)(target, key);
    else if (options.nullable === true) ValidateIf((_, value) => value !== null)(target, key);
  };
}
