import { getMetadataStorage } from 'class-validator';

/** How a field of a request class is read, beside the checks of class-validator. */
export interface Reading {
  /** Turns what was sent into what is checked, e.g. the digits of a query into a number. */
  readonly read?: (value: unknown) => unknown;
  /** A `null` is read as if the field was left out. */
  readonly nullIsAbsent?: boolean;
  /** Class of the object that the field holds, or of each object of its list. */
  readonly holds?: () => new () => object;
  /** In a query a raw `+` may mean a space or a plus. Times have no spaces inside: `plus`. Ids have both: `refused`. Default: a space. */
  readonly rawPlus?: 'plus' | 'refused';
}

type Shape = new () => object;

const READING = Symbol('holdfast reading');
const PLAIN: Reading = {};
const known = new WeakMap<Shape, ReadonlyMap<string, Reading>>();

/** Decorator: says how a field is read. */
export const Reads =
  (reading: Reading): PropertyDecorator =>
  (target, key) => {
    Reflect.defineMetadata(READING, reading, target, key);
  };

/** Fields of a request class by name, in the order of their declaration: all that some decorator of class-validator checks. */
export function fieldsOf(shape: Shape): ReadonlyMap<string, Reading> {
  const found = known.get(shape);
  if (found !== undefined) return found;
  const checks = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  const fields = new Map(
    checks.map(({ propertyName }) => [
      propertyName,
      (Reflect.getMetadata(READING, shape.prototype as object, propertyName) as Reading | undefined) ?? PLAIN,
    ]),
  );
  known.set(shape, fields);
  return fields;
}
