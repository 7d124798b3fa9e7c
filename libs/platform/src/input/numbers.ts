import { ValidateBy } from 'class-validator';
import { MAX_QUANTITY } from './limits.js';
import type { PropertyOptions } from './property.js';
import { property } from './property.js';

export interface NumberOptions extends PropertyOptions {
  readonly min?: number;
  readonly max?: number;
  /** The value comes from a query string, so digits in a string are a number. */
  readonly query?: boolean;
}

const fromQuery = (value: unknown): unknown => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value);

function bounded(kind: 'integer' | 'number', min: number, max: number, options: NumberOptions): PropertyDecorator {
  const check = ValidateBy({
    name: kind,
    validator: {
      validate: (value) =>
        typeof value === 'number' &&
        value >= min &&
        value <= max &&
        (kind === 'integer' ? Number.isInteger(value) : Number.isFinite(value)),
      defaultMessage: () => `must be a ${kind === 'integer' ? 'whole number' : 'number'} from ${min} to ${max}`,
    },
  });
  return property({ type: kind, minimum: min, maximum: max }, options, [check], options.query === true ? { read: fromQuery } : {});
}

/** Whole units; from 1 to 1,000,000,000 unless told otherwise. */
export const IsQuantity = (options: NumberOptions = {}): PropertyDecorator =>
  bounded('integer', options.min ?? 1, options.max ?? MAX_QUANTITY, options);

/** A whole number within its bounds. */
export const IsWholeNumber = (options: NumberOptions & { min: number; max: number }): PropertyDecorator =>
  bounded('integer', options.min, options.max, options);

/** A finite number within its bounds, fractions allowed: money, percentages. */
export const IsAmount = (options: NumberOptions & { min: number; max: number }): PropertyDecorator =>
  bounded('number', options.min, options.max, options);
