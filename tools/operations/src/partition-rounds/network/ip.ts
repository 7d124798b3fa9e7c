import { spawn } from 'node:child_process';

/** Runs iproute2's `ip`; further commands go to `ip -batch -`, one a line. @throws with what it printed */
export async function ip(words: readonly string[], batch?: readonly string[]): Promise<string> {
  const all = batch === undefined ? words : [...words, '-batch', '-'];
  const child = spawn('ip', all, { stdio: 'pipe' });
  let [printed, faults] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (faults += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end((batch ?? []).map((line) => `${line}\n`).join(''));
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`ip ${all.join(' ')}: ${faults.trim() || `exit code ${String(code)}`}`);
  return printed;
}
