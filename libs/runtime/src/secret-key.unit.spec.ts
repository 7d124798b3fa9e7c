import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyInFile } from './secret-key.js';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'secret-key-')), 'data');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

describe('the key in a file', () => {
  it('is made once, for its owner alone', async () => {
    const key = await keyInFile(folder);
    expect(key.length).toBeGreaterThanOrEqual(32);
    expect(await keyInFile(folder)).toBe(key);
    expect((await stat(join(folder, 'secret.key'))).mode & 0o777).toBe(0o600);
  });

  it('is one key for processes that start at once', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => keyInFile(folder)));
    expect(new Set(keys).size).toBe(1);
    expect(await readdir(folder)).toEqual(['secret.key']);
  });

  it('is not made anew where the file is damaged', async () => {
    await keyInFile(folder);
    await writeFile(join(folder, 'secret.key'), '');
    await expect(keyInFile(folder)).rejects.toThrow('holds no key');
  });
});
