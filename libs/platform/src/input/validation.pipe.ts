import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { inSlices } from '@holdfast/kit';
import { Problem } from '../problems/problem.js';
import type { Checked, Faults } from './faults.js';
import { checking } from './faults.js';
import { isRecord } from './is-record.js';
import { readRawPluses } from './raw-plus.js';

const BUILT_IN: readonly unknown[] = [String, Boolean, Number, Array, Object, Buffer, Date, Function, undefined];

const whole: Readonly<Record<'body' | 'query' | 'param', string>> = { body: 'The request body', query: 'The query', param: 'The path' };

/** 400 that names every fault. */
export const problemOfFaults = ({ faults, code }: Faults, where: keyof typeof whole): Problem =>
  new Problem(400, code, `${whole[where]} has ${faults.length === 1 ? 'a fault' : 'faults'}`, { details: faults });

/** Checks bodies, queries and path parameters that are typed with a class, and names every fault. A long body does not hold the event loop. */
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || BUILT_IN.includes(metatype)) return value;
    const shape = metatype as Type<object>;
    const answer = (checked: Checked<object>): object => {
      if ('value' in checked) return checked.value;
      throw problemOfFaults(checked, type);
    };
    const checked = inSlices(checking(shape, type === 'query' ? queryOf(shape, value) : value === undefined ? {} : value));
    return checked instanceof Promise ? checked.then(answer) : answer(checked);
  }
}

function queryOf(shape: Type<object>, value: unknown): unknown {
  if (!isRecord(value)) return {};
  const read = readRawPluses(shape, value);
  if ('query' in read) return read.query;
  throw problemOfFaults({ faults: [read.fault], code: 'validation_failed' }, 'query');
}
