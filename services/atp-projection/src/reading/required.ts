import { Problem } from '@holdfast/platform';

/** A query parameter that must be there. @throws Problem 400 that says so: `locationId is required` */
export function required(name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new Problem(400, 'validation_failed', `${name} is required`, { details: [{ field: name, message: 'is required' }] });
}
