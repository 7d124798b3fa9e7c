import type { Call } from './requests/call.js';
import { ApiError, type Detail } from './requests/errors.js';

/** What became of a call: its value, or the refusal. */
export type Outcome<Value, Code extends string = never> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      /** Those that the document names for the operation, and such as `validation_failed`. */
      readonly code: Code | (string & {});
      readonly details: readonly Detail[];
      readonly error: ApiError;
    };

/** Not answers to what was asked, but about who asked, or how often. */
const NO_REFUSALS = [401, 403, 429];

/**
 * Waits for a call; a refusal is a value with its code and figures.
 * @throws HoldfastError where the question got no answer: no connection, no time, no permission, a fault of the server
 */
export async function outcomeOf<Value, Code extends string>(call: Call<Value, Code>): Promise<Outcome<Value, Code>> {
  try {
    return { ok: true, value: await call };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500 || NO_REFUSALS.includes(error.status)) throw error;
    return { ok: false, code: error.code, details: error.details, error };
  }
}
