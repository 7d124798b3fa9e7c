import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the vendors' own specifications lie, relative to the folder of the product unless the environment says otherwise. */
export const contractsFolder = (): string => resolve(process.env['HOLDFAST_CONTRACTS_DIR'] ?? '../shared/contracts');

/** Path of a vendor's document; undefined where it is not there, and what needs it is skipped by name. */
export function contractFile(...parts: readonly string[]): string | undefined {
  const path = join(contractsFolder(), ...parts);
  return existsSync(path) ? path : undefined;
}
