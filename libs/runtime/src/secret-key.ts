import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'secret.key';

/**
 * The key that seals credentials on a machine that runs the embedded engines. Made at the first start, readable by its owner alone; two
 * processes that start at once agree on one.
 */
export async function keyInFile(folder: string): Promise<string> {
  const path = join(folder, FILE);
  const known = await readFile(path, 'utf8').catch(absent);
  if (known !== undefined) return checked(known, path);
  await mkdir(folder, { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(32).toString('base64url'));
    await file.sync();
  } finally {
    await file.close();
  }
  // A link is made whole or not at all, and never over a key that another process made first.
  await link(draft, path).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error;
  });
  await rm(draft);
  return checked(await readFile(path, 'utf8'), path);
}

function checked(key: string, path: string): string {
  const text = key.trim();
  if (text.length < 32) throw new Error(`${path} holds no key: restore it from a copy, or remove it and enter all credentials anew`);
  return text;
}

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

function absent(error: unknown): undefined {
  if (isCode(error, 'ENOENT')) return undefined;
  throw error;
}
