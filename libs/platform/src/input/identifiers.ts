import type { PipeTransform } from '@nestjs/common';
import { Problem } from '../problems/problem.js';
import { MAX_ID_LENGTH } from './limits.js';

/** Characters of every id that callers choose: SKU, location, channel, order. */
export const IDENTIFIER_PATTERN = /^[A-Za-z0-9._~:/+-](?:[A-Za-z0-9._~:/+ -]*[A-Za-z0-9._~:/+-])?$/;

/** Whether a value may be used as an id: 1 to 100 characters of letters, digits, `. _ ~ : / + -` and inner spaces. */
export const isIdentifier = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_ID_LENGTH && IDENTIFIER_PATTERN.test(value);

/** Whether a value may name a tenant. No dot: names of streams are `<kind>-<tenant>.<id>`, and a dot in both parts would let two tenants meet. */
export const isTenant = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(value);

/** For path parameters: trims, then answers 400 `validation_failed` for what can be no id. */
export class IdentifierPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const trimmed = value.trim();
    if (isIdentifier(trimmed)) return trimmed;
    const message = `must be 1 to ${MAX_ID_LENGTH} letters, digits or . _ ~ : / + -`;
    throw new Problem(400, 'validation_failed', 'The path holds a malformed id', { details: [{ field: 'path', message }] });
  }
}
