/** Postgres schema of the live tables. A rebuild writes beside it and takes its name at the end. */
export const READ_MODEL = 'read_model';

/** Names go into SQL as they are, so nothing but plain lower-case names passes. @throws Error */
export function checkedSchema(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,50}$/.test(name)) throw new Error(`"${name}" cannot be the name of a read model's schema`);
  return name;
}
