import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HoldfastConfig } from '@holdfast/platform';
import type { KeysService } from './keys.service.js';
import { newKey } from './keys.service.js';

export const FIRST_TENANT = 'demo';

/**
 * Makes sure that the first tenant has an admin key and gives it: the one of the environment, else one made at the first start and kept
 * in the data folder, readable by its owner only.
 */
export async function ensureAdminKey(gateway: { readonly keys: KeysService }, config: HoldfastConfig): Promise<string> {
  const key = config.apiKey?.reveal() ?? (await keptKey(config.dataFolder));
  await gateway.keys.seedAdmin(FIRST_TENANT, key, config.apiKey === undefined ? 'Made at the first start' : 'HOLDFAST_API_KEY');
  return key;
}

async function keptKey(folder: string): Promise<string> {
  const file = join(folder, 'admin-key');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.trim() !== '') return kept.trim();
  const key = newKey();
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${key}\n`, { mode: 0o600 });
  return key;
}
