import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { startHoldfast } from '@holdfast/testing';

const run = promisify(execFile);
const COPIED = ['package.json', 'package-lock.json', '.npmrc', 'dist', 'libs', 'services', 'tools'];

/**
 * What the image does, without a Docker engine: installs production dependencies only into an empty folder beside the compiled packages,
 * and starts every service of the compose file by its command on the engines of this process's environment.
 * @throws with the output of the command that failed
 */
export async function checkProductionInstall(root: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-image-'));
  try {
    for (const name of COPIED) cpSync(join(root, name), join(folder, name), { recursive: true, filter: isShipped });
    await run('npm', ['ci', '--omit=dev', '--omit=optional', '--no-audit', '--no-fund'], { cwd: folder });
    const commands = commandsOf(readFileSync(join(root, 'docker-compose.yml'), 'utf8'));
    const holdfast = await startHoldfast({ root: folder });
    try {
      if (holdfast.processes.length !== commands.length)
        throw new Error(`the compose file has ${String(commands.length)} services of Holdfast`);
      const answer = await fetch(`${holdfast.url}/health/ready`);
      if (!answer.ok) throw new Error(`not ready: ${await answer.text()}`);
    } finally {
      await holdfast.stop();
    }
    return commands;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isShipped = (path: string): boolean => !['node_modules', 'src', 'test'].includes(basename(path));

/** The scripts that the compose file starts. */
function commandsOf(compose: string): string[] {
  return [...compose.matchAll(/command: \['(dist\/programs\/[a-z-]+\.js)'\]/g)].flatMap((match) =>
    match[1] === undefined ? [] : [match[1]],
  );
}
