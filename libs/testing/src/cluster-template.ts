import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@holdfast/runtime';

const run = promisify(execFile);

/** Starts a server in `parent` on a copy of a cluster that was made once on this machine, in half a second. @param durable with real fsync */
export async function copyOfCluster(
  parent: string,
  settings: Readonly<Record<string, string>> = {},
  durable = false,
): Promise<EmbeddedPostgres> {
  const template = await clusterTemplate();
  await run('chmod', ['755', parent]);
  const folder = join(parent, 'postgres');
  await run('cp', ['-a', template, folder]);
  return startEmbeddedPostgres({ folder, durable, settings: { shared_buffers: '64MB', ...settings } });
}

async function clusterTemplate(): Promise<string> {
  const template = join(tmpdir(), `holdfast-test-cluster-${String(process.getuid?.() ?? 0)}`);
  if (existsSync(join(template, 'PG_VERSION'))) return template;
  const parent = await mkdtemp(`${template}-`);
  await run('chmod', ['755', parent]);
  const made = await startEmbeddedPostgres({ folder: join(parent, 'postgres'), durable: false });
  await made.stop();
  // Another worker may have been first; its cluster is as good.
  await rename(join(parent, 'postgres'), template).catch(() => undefined);
  await rm(parent, { recursive: true, force: true });
  return template;
}
