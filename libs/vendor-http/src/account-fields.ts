import { resolvedTargetFault, type TargetPolicy } from './target.js';

/** Settings, and credentials, of an account at another company's system, by the name under which a request gives them. */
export type AccountFields = Readonly<Record<string, unknown>>;

export interface FieldFault {
  /** E.g. `settings.baseUrl`. */
  readonly field: string;
  /** What is wrong and how to mend it. */
  readonly message: string;
}

interface Text {
  readonly field: string;
  readonly name: string;
  readonly text: string;
}

const CONTROL = /\p{Cc}/u;
const IS_ADDRESS = /(url|endpoint)$/i;
/** The whole address of a webhook: it may have a query, nothing is appended to it, and no stored credential is sent to it. */
const IS_WEBHOOK = 'url';

function* textsIn(value: unknown, field: string, name: string): Generator<Text> {
  if (typeof value === 'string') yield { field, name, text: value };
  else if (Array.isArray(value)) for (const [index, one] of value.entries()) yield* textsIn(one, `${field}[${String(index)}]`, name);
  else if (isFields(value))
    for (const [inner, one] of Object.entries(value)) yield* textsIn(one, field === '' ? inner : `${field}.${inner}`, inner);
}

const isFields = (value: unknown): value is AccountFields => typeof value === 'object' && value !== null;

const addressesIn = (fields: AccountFields): readonly Text[] =>
  [...textsIn(fields, '', '')].filter(({ name, field }) => IS_ADDRESS.test(name) && !field.endsWith(']'));

/** Texts that would break a header or a path of the calls that carry them. */
export function accountFaults(fields: AccountFields): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  for (const { field, name, text } of textsIn(fields, '', ''))
    if (CONTROL.test(text))
      faults.push({ field, message: 'must not hold control characters, such as line breaks and tabs; copy it again without them' });
    else if (IS_ADDRESS.test(name) && name !== IS_WEBHOOK && /[?#]/.test(text))
      faults.push({ field, message: 'must be an address without a query or fragment: leave out what begins with ? or #' });
  return faults;
}

/** Addresses may not lead where the operator does not want calls to go. */
export async function accountAddressFaults(fields: AccountFields, targets: TargetPolicy): Promise<readonly FieldFault[]> {
  const faults: FieldFault[] = [];
  for (const { field, text } of addressesIn(fields)) {
    const message = await resolvedTargetFault(text, targets);
    if (message !== undefined) faults.push({ field, message });
  }
  return faults;
}

/** Addresses of `after` that lead to a scheme, host or port which no address of `before` leads to. */
export function newOrigins(before: AccountFields, after: AccountFields): readonly { readonly field: string; readonly origin: string }[] {
  const known = new Set(originsIn(before).map(({ origin }) => origin));
  return originsIn(after).filter(({ origin }) => !known.has(origin));
}

const originsIn = (fields: AccountFields): readonly { readonly field: string; readonly origin: string }[] =>
  addressesIn(fields).flatMap(({ field, name, text }) =>
    name !== IS_WEBHOOK && URL.canParse(text) ? [{ field, origin: new URL(text).origin }] : [],
  );

/**
 * Stored credentials go to no address that they were not given for: where a request changes an address, it gives them all again.
 * @param stored names of the stored credentials @param given those of the request
 */
export function missingCredentials(
  before: AccountFields,
  after: AccountFields,
  stored: AccountFields,
  given: AccountFields,
): readonly FieldFault[] {
  const [changed] = newOrigins(before, after);
  if (changed === undefined) return [];
  return Object.keys(stored)
    .filter((name) => !IS_ADDRESS.test(name) && !Object.hasOwn(given, name))
    .map((name) => ({
      field: `credentials.${name}`,
      message: `give it again: it would be sent to ${changed.origin} (${changed.field}), for which it was not stored`,
    }));
}
