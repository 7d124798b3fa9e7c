/** Which columns of a list are hidden: every screen with a list has it. */
const HIDDEN = 'hide';

/** A list of one number is read from an address as a number. */
const textOf = (value: unknown): string => (typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '');

/** The texts of an address's parameters that a screen knows; what is not understood is left out. */
export const textsOf =
  <Name extends string>(...names: readonly Name[]) =>
  (search: Record<string, unknown>): { readonly [Key in Name | typeof HIDDEN]?: string } =>
    Object.fromEntries(
      [...names, HIDDEN].flatMap((name) => {
        const value = textOf(search[name]);
        return value === '' ? [] : [[name, value]];
      }),
    ) as { readonly [Key in Name | typeof HIDDEN]?: string };
