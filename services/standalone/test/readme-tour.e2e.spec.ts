import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Holdfast } from '@holdfast/client';
import { Api, eventually, startHoldfast, type RunningHoldfast } from '@holdfast/testing';
import { loadSample } from '../src/sample/load-sample.js';
import { outputsOf, readTour, tourModule, tourScript, type TourStep } from './readme-tour.js';

const run = promisify(execFile);
const root = resolve('.');

// On engines that keep the data of other tests the sample's figures would not be the sample's.
const onEmbeddedEngines = process.env['EVENTSTOREDB_URL'] === undefined && process.env['KAFKA_BROKERS'] === undefined;

const readme = readFileSync(join(root, 'README.md'), 'utf8');

(onEmbeddedEngines ? describe : describe.skip)('the tours of the README (need the sample data alone)', () => {
  const curl = readTour(readme, 'Five minutes with curl', 'sh');
  const client = readTour(readme, 'The same with the client', 'js');
  let holdfast: RunningHoldfast;
  const outputs = new Map<readonly TourStep[], readonly string[]>();
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-tour-'));
    holdfast = await startHoldfast({ env: { HOLDFAST_SAMPLE: '1' } });
    const api = new Api(holdfast.url, holdfast.key);
    await eventually(
      () => api.get('/sales-channel/inventory/TENT-2P/channels'),
      (answer) => JSON.stringify(answer.body).includes('"quantity":64'),
    );
    const here = (script: string): string => script.replaceAll('http://127.0.0.1:3000', holdfast.url);
    const script = here(tourScript(curl, `export KEY=${holdfast.key}`)).replaceAll(
      'npm run --silent verify',
      `(cd ${root} && HOLDFAST_DATA=${holdfast.dataFolder} npm run --silent verify)`,
    );
    outputs.set(curl, outputsOf((await run('bash', ['-c', script], { cwd: folder })).stdout));
    const module = ['--input-type=module', '--eval', here(tourModule(client))];
    outputs.set(client, outputsOf((await run(process.execPath, module, { cwd: root, env: { ...process.env, KEY: holdfast.key } })).stdout));
  });

  afterAll(async () => {
    await holdfast.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([curl, client].flatMap((steps) => steps.map((step, index) => ({ line: step.commands.split('\n')[0], steps, step, index }))))(
    '$line',
    ({ steps, step: { promised }, index }) => {
      if (promised === undefined) expect(outputs.get(steps)).toHaveLength(steps.length);
      else expect(JSON.parse(outputs.get(steps)?.[index] ?? '')).toMatchObject(promised as object);
    },
  );

  it('leave what another start of another day adds nothing to', async () => {
    const { url, key } = holdfast;
    const client = new Holdfast({ url, key });
    const left = async (): Promise<object> => ({
      stock: (await client.items.list({ groupBy: 'position', limit: 100 })).items.flatMap(({ id, lotId, quantityOnHand, quantityHeld }) =>
        lotId === 'MARKER' ? [] : [{ id, quantityOnHand, quantityHeld }],
      ),
      holds: (await client.holds.list()).holds.length,
      counts: (await client.counts.list()).batches.length,
      reservations: (await client.reservations.list()).reservations.length,
      deadLetters: (await client.deadLetters.list()).deadLetters.length,
    });
    const before = await left();
    const receiver = { url: 'http://127.0.0.1:9/', secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` };
    await loadSample({ url, key, receiver, now: Date.now() + 3 * 86_400_000 });
    // Messages of one SKU are read in their order: whatever was sent before this one was read, too.
    const marker = {
      sku: 'CHEESE-200',
      lotId: 'MARKER',
      connectionId: 'erp-demo',
      warehouseId: '2000',
      postedAt: new Date().toISOString(),
    };
    await client.erpMessages.publish({ messages: [{ type: 'receipt', messageId: 'marker', ...marker, quantity: 1 }] });
    await eventually(
      async () => (await client.items.list({ lotId: 'MARKER' })).items,
      (items) => items.length === 1,
    );
    expect(await left()).toEqual(before);
  });
});
