/** Characters of every id that callers chose (SKU, location, channel, order) as it is stored, as the source of a pattern. */
export const IDENTIFIER = '^[A-Za-z0-9._~:/+-](?:[A-Za-z0-9._~:/+ -]*[A-Za-z0-9._~:/+-])?$';

/** No dot: names of streams are `<kind>-<tenant>.<id>`, and a dot in both parts would let two tenants meet. */
export const TENANT = '^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$';

// A long number as a spreadsheet shows it: 4.06361E+12, 4.06361e12, 4063614512884.0. Without a fraction and a plus it may be a SKU: 5E10.
const FIGURE = '\\d(?:[.,]\\d+[Ee]\\+?|[Ee]\\+)\\d{2,3}|\\d{5,}[.,]0+';
// Clients resolve these in a path before they send it, so they cannot be asked for.
const PATH_STEP = '\\.{1,2}';

/** An id in what callers send: also no part of a relative path. */
export const SENT_IDENTIFIER = `^(?!${PATH_STEP}$)${IDENTIFIER.slice(1)}`;

/** Characters of an id that is also no part of a relative path and no number that a spreadsheet changed. */
export const SKU = `^(?!(?:${PATH_STEP}|${FIGURE})$)${IDENTIFIER.slice(1)}`;

export const MAX_ID_LENGTH = 100;

const identifier = new RegExp(SENT_IDENTIFIER);
const tenant = new RegExp(TENANT);
const figure = new RegExp(`^(?:${FIGURE})$`);
const pathStep = new RegExp(`^${PATH_STEP}$`);

const ID_RULE = `must be a string of 1 to ${MAX_ID_LENGTH} letters, digits, inner spaces or . _ ~ : / + -`;

/** Whether a value may be used as an id. */
export const isIdentifier = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_ID_LENGTH && identifier.test(value);

/** What is wrong with the name of a tenant; undefined where nothing is. */
export const tenantFault = (value: unknown): string | undefined =>
  isTenant(value) ? undefined : 'must be 1 to 63 letters, digits, _ or -, the first a letter or a digit';

/** Whether a value may name a tenant. */
export const isTenant = (value: unknown): value is string => typeof value === 'string' && tenant.test(value);

/** What is wrong with an id; undefined where nothing is. */
export function identifierFault(value: unknown): string | undefined {
  if (typeof value === 'string' && pathStep.test(value)) return 'must not be . or .., which no address can name';
  return isIdentifier(value) ? undefined : ID_RULE;
}

/** What is wrong with a SKU or a barcode; undefined where nothing is. */
export function skuFault(value: unknown): string | undefined {
  if (typeof value === 'string' && figure.test(value))
    return 'is a number that a spreadsheet changed; format its column as text, enter the code again and export the file again';
  return identifierFault(value);
}
