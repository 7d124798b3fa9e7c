import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Api, eventually, startHoldfast, type RunningHoldfast } from '@holdfast/testing';
import { outputsOf, readTour, tourScript } from './readme-tour.js';

const run = promisify(execFile);
const root = resolve('.');

// On engines that keep the data of other tests the sample's figures would not be the sample's.
const onEmbeddedEngines = process.env['EVENTSTOREDB_URL'] === undefined && process.env['KAFKA_BROKERS'] === undefined;

(onEmbeddedEngines ? describe : describe.skip)('the tour of the README (needs the sample data alone)', () => {
  const steps = readTour(readFileSync(join(root, 'README.md'), 'utf8'), 'Five minutes with curl');
  let holdfast: RunningHoldfast;
  let outputs: string[];
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-tour-'));
    holdfast = await startHoldfast({ env: { HOLDFAST_SAMPLE: '1' } });
    const api = new Api(holdfast.url, holdfast.key);
    await eventually(
      () => api.get('/sales-channel/inventory/TENT-2P/channels'),
      (answer) => JSON.stringify(answer.body).includes('"quantity":64'),
    );
    const script = tourScript(steps, `export KEY=${holdfast.key}`)
      .replaceAll('http://127.0.0.1:3000', holdfast.url)
      .replaceAll('npm run --silent verify', `(cd ${root} && HOLDFAST_DATA=${holdfast.dataFolder} npm run --silent verify)`);
    const { stdout } = await run('bash', ['-c', script], { cwd: folder });
    outputs = outputsOf(stdout);
  });

  afterAll(async () => {
    await holdfast.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(steps.map((step, index) => [step.commands.split('\n')[0], index]))('%s', (_command, index) => {
    const promised = steps[Number(index)]?.promised;
    const output = outputs[Number(index)] ?? '';
    if (promised === undefined) expect(outputs).toHaveLength(steps.length);
    else expect(JSON.parse(output)).toMatchObject(promised as object);
  });
});
