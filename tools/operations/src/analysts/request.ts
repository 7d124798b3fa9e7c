import { parseArgs } from 'node:util';
import { isTenant } from '@holdfast/kit';
import { UsageError } from '../command-line.js';

export type AnalystsRequest =
  | { readonly kind: 'add'; readonly tenant: string; readonly label: string }
  | { readonly kind: 'list' }
  | { readonly kind: 'remove'; readonly login: string };

const USAGE = `npm run analysts -- add --tenant TENANT [--label TEXT]   makes a login that reads the views of a tenant, and prints its password once
npm run analysts -- list                              every login, with its tenant
npm run analysts -- remove LOGIN                      ends its sessions and removes it`;

const MAX_LABEL_LENGTH = 200;

/** What the command line asks for. @throws UsageError that says what was wrong */
export function analystsRequest(words: readonly string[]): AnalystsRequest {
  const { values, positionals } = read(words);
  const [verb, login, ...more] = positionals;
  if (more.length === 0 && verb === 'list' && login === undefined) return { kind: 'list' };
  if (more.length === 0 && verb === 'remove' && login !== undefined) return { kind: 'remove', login };
  if (verb !== 'add' || login !== undefined) throw new UsageError(USAGE);
  const { tenant, label = '' } = values;
  if (tenant === undefined || !isTenant(tenant)) throw new UsageError(`--tenant must name a tenant\n${USAGE}`);
  if (label.length > MAX_LABEL_LENGTH) throw new UsageError(`--label must have at most ${MAX_LABEL_LENGTH} characters`);
  return { kind: 'add', tenant, label };
}

function read(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: { tenant: { type: 'string' }, label: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}
