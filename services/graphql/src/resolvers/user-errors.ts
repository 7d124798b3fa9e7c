import { Refused } from '../rest/refused.js';
import type { Json } from '../rest/json.js';

export interface UserError {
  readonly field: readonly string[];
  readonly message: string;
  readonly code: string;
}

/** The input of a mutation, as far as the path of a fault needs it. */
export interface InputLines {
  readonly items?: readonly { readonly sku: string }[] | null | undefined;
  readonly lines?: readonly { readonly sku: string }[] | null | undefined;
}

const ABOUT_KEY = ['invalid_idempotency_key', 'idempotency_key_reused'];

/** Where a refusal without a field belongs, by the mutation. */
export type Elsewhere = (code: string) => readonly string[];

/**
 * Runs a write. What is wrong with its input, or stands against it, comes back as user errors; anything else is thrown on.
 * @returns the payload's parts
 */
export async function withUserErrors<Result>(
  input: InputLines,
  elsewhere: Elsewhere,
  write: () => Promise<Result>,
): Promise<{ readonly result?: Result; readonly userErrors: readonly UserError[] }> {
  try {
    return { result: await write(), userErrors: [] };
  } catch (error) {
    if (!(error instanceof Refused) || !error.isAboutInput) throw error;
    return { userErrors: userErrorsOf(error, input, elsewhere) };
  }
}

export function userErrorsOf(refused: Refused, input: InputLines, elsewhere: Elsewhere): readonly UserError[] {
  const { code, message, details } = refused;
  if (ABOUT_KEY.includes(code)) return [{ field: ['input', 'idempotencyKey'], message, code }];
  if (details.length === 0) return [{ field: elsewhere(code), message, code }];
  return details.map((detail) => ({ field: pathOf(detail, code, input, elsewhere), message: messageOf(detail, message), code }));
}

const messageOf = ({ message, sku, locationId, requested, available }: Json, whole: string): string => {
  if (typeof message === 'string') return message;
  const what = typeof sku === 'string' ? sku : locationId;
  if (typeof requested === 'number' && typeof available === 'number')
    return `${String(what)}: ${requested} requested, ${available} available`;
  return whole;
};

function pathOf(detail: Json, code: string, input: InputLines, elsewhere: Elsewhere): readonly string[] {
  const { field, sku } = detail;
  if (typeof field === 'string' && field !== 'path') return ['input', ...field.split(/[.[\]]+/).filter((step) => step !== '')];
  const lines = ['items', 'lines'] as const;
  for (const name of lines) {
    const index = input[name]?.findIndex((line) => line.sku === sku) ?? -1;
    if (index >= 0) return ['input', name, String(index), code === 'unknown_sku' ? 'sku' : 'quantity'];
  }
  return elsewhere(code);
}
