import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROUTED_SERVICES } from '@holdfast/platform';
import { startServices } from './service-processes.js';

const NAMES = [...ROUTED_SERVICES, 'gateway'];

/** A service that says it is ready, leaves its process id in a file, and runs until it is told to stop. */
const ready = (name: string): string =>
  `import { writeFileSync } from 'node:fs';
   writeFileSync(new URL('${name}.pid', import.meta.url), String(process.pid));
   console.log('${name} is ready');
   setInterval(() => undefined, 1_000);`;
const ENDS = `console.error('an engine is away'); process.exitCode = 1;`;

describe('services in processes of their own', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'holdfast-services-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const programs = (): string => join(root, 'dist/programs');
  const write = (name: string, source: string): void => {
    mkdirSync(programs(), { recursive: true });
    writeFileSync(join(programs(), 'package.json'), '{ "type": "module" }');
    writeFileSync(join(programs(), `${name}.js`), source);
  };

  const runs = (name: string): boolean => {
    try {
      return process.kill(Number(readFileSync(join(programs(), `${name}.pid`), 'utf8')), 0);
    } catch {
      return false;
    }
  };

  it.each(['workflow', 'gateway'])('leave none behind when the %s does not become ready, and say what it printed', async (failing) => {
    for (const name of NAMES) write(name, name === failing ? ENDS : ready(name));
    await expect(startServices(root, {}, 1)).rejects.toThrow(/did not become ready:\s+an engine is away/);
    expect(NAMES.filter(runs)).toEqual([]);
  });

  it('run until they are stopped', async () => {
    for (const name of NAMES) write(name, ready(name));
    const { all } = await startServices(root, {}, 1);
    expect(NAMES.filter(runs)).toEqual(NAMES);
    await Promise.all(all.map((one) => one.process().stop()));
    expect(NAMES.filter(runs)).toEqual([]);
  });
});
