import type { PipeTransform } from '@nestjs/common';
import { identifierFault, skuFault } from '@holdfast/kit';
import { Problem } from '../problems/problem.js';

/** @throws Problem 400 `validation_failed` for what can be no id */
function idOfPath(value: string, fault: (value: unknown) => string | undefined): string {
  const trimmed = value.trim();
  const message = fault(trimmed);
  if (message === undefined) return trimmed;
  throw new Problem(400, 'validation_failed', 'The path holds a malformed id', { details: [{ field: 'path', message }] });
}

/** For path parameters: trims, then answers 400 `validation_failed` for what can be no id. */
export class IdentifierPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    return idOfPath(value, identifierFault);
  }
}

/** For path parameters that name a SKU: as `IdentifierPipe`, by the stricter rule of SKUs. */
export class SkuPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    return idOfPath(value, skuFault);
  }
}
