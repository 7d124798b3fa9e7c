import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { Problem } from '../problems/problem.js';
import { check } from './faults.js';

const BUILT_IN: readonly unknown[] = [String, Boolean, Number, Array, Object, Buffer, Date, Function, undefined];

const whole: Readonly<Record<'body' | 'query' | 'param', string>> = { body: 'The request body', query: 'The query', param: 'The path' };

/** Checks bodies, queries and path parameters that are typed with a class, and names every fault. */
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || BUILT_IN.includes(metatype)) return value;
    const checked = check(metatype as Type<object>, value === undefined ? {} : value);
    if ('value' in checked) return checked.value;
    const code = checked.tooMany ? 'too_many_lines' : 'validation_failed';
    throw new Problem(400, code, `${whole[type]} has ${checked.faults.length === 1 ? 'a fault' : 'faults'}`, { details: checked.faults });
  }
}
