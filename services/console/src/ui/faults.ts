import { ApiError } from '@holdfast/client';

/** What went wrong in a sentence for people; status and code are shown beside it where they help. */
export const sentenceOf = (error: Error): string =>
  error instanceof ApiError ? error.message.replace(`${String(error.status)} ${error.code}: `, '') : error.message;

/** The field of a form that a field of the request is. One of any line is named `lines[].sku` and keeps the number of its line. */
const nameOf = (field: string, fields: readonly string[]): string | undefined =>
  fields.includes(field.replace(/\[\d+\]/, '[]'))
    ? field
    : fields.find((each) => field.startsWith(`${each}[`) || field.endsWith(`.${each}`));

/** Faults of a request by field, as forms take them. What belongs to no field shown is under the empty name. */
export function faultsOf(error: Error | null, fields: readonly string[]): Readonly<Record<string, string>> {
  if (error === null) return {};
  const details = error instanceof ApiError ? error.details : [];
  const faults: Record<string, string> = {};
  for (const { field, message } of details) {
    if (typeof field !== 'string' || typeof message !== 'string') continue;
    const name = nameOf(field, fields);
    if (name !== undefined) faults[name] ??= message;
  }
  return Object.keys(faults).length > 0 ? faults : { '': sentenceOf(error) };
}
