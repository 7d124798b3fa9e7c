import type { ExplainedTake, Take } from '@holdfast/inventory';
import { IDENTIFIER, MAX_ID_LENGTH, SENT_IDENTIFIER, SKU, TENANT } from '@holdfast/kit';
import { objectOf } from './fields.js';
import type { ArraySchema, BooleanSchema, JsonSchema, NumberSchema, StringSchema } from './json-schema.js';

/** Most units that one message may carry. */
export const MAX_UNITS = 1_000_000_000;

const chosenId =
  (pattern: string) =>
  (description: string): StringSchema => ({ type: 'string', description, minLength: 1, maxLength: MAX_ID_LENGTH, pattern });

/** An id that a caller chose (SKU, location, channel, order), as it is stored. */
export const identifier = chosenId(IDENTIFIER);

/** An id in what callers send: no step of a path. */
export const sentIdentifier = chosenId(SENT_IDENTIFIER);

/** A SKU in what callers send: neither a step of a path nor a number that a spreadsheet changed. */
export const sentSku = chosenId(SKU);

export const tenantName = (description: string): StringSchema => ({ type: 'string', description, pattern: TENANT });

/** An id that Holdfast or a connector made. */
export const madeId = (description: string): StringSchema => ({ type: 'string', description, minLength: 1, maxLength: 300 });

export const text = (description: string, maxLength = 500): StringSchema => ({ type: 'string', description, maxLength });

export const oneOfStrings = (description: string, values: readonly string[]): StringSchema => ({
  type: 'string',
  description,
  enum: values,
});

export const flag = (description: string): BooleanSchema => ({ type: 'boolean', description });

/** Whole units, none to the most of one message. */
export const units = (description: string, minimum = 0): NumberSchema => ({ type: 'integer', description, minimum, maximum: MAX_UNITS });

/** Whole units of either sign; sums may pass the most of one message. */
export const signedUnits = (description: string): NumberSchema => ({ type: 'integer', description });

/** Epoch milliseconds, the storage format of times. */
export const instant = (description: string): NumberSchema => ({
  type: 'integer',
  description: `${description} Epoch milliseconds.`,
  minimum: 0,
});

/** RFC 3339, the format of times in messages. */
export const time = (description: string): StringSchema => ({
  type: 'string',
  format: 'date-time',
  description: `${description} RFC 3339.`,
});

export const decimal = (description: string): StringSchema => ({ type: 'string', description, pattern: '^-?[0-9]{1,20}$' });

export const listOf = (items: JsonSchema, description: string, maxItems?: number): ArraySchema => ({
  type: 'array',
  description,
  items,
  ...(maxItems === undefined ? {} : { maxItems }),
});

const take = objectOf<Take>({ locationId: identifier('Where the units lie.'), quantity: units('Units.') });

const explainedTake = objectOf<ExplainedTake>({
  locationId: identifier('Where the units lie.'),
  quantity: units('Units.'),
  because: text('Why this location was chosen.'),
});

export const takes = (description: string): ArraySchema => listOf(take, description);
export const explainedTakes = (description: string): ArraySchema => listOf(explainedTake, description);
