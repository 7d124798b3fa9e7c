// Messages a second from the topic to the ledger, on durable embedded engines: `node services/ingestion/bench/throughput.mjs [messages] [skus]`.
// Everything is on the topic before the service starts, so that only taking in is measured.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, loadConfig } from '@holdfast/platform';
import { openRuntime } from '@holdfast/runtime';
import { ingestionService } from '@holdfast/ingestion';

const messages = Number(process.argv[2] ?? 50_000);
const skus = Number(process.argv[3] ?? 10_000);
const CHUNK = 5_000;
const MINUTE = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
const config = loadConfig({ HOLDFAST_DATA: folder, HOLDFAST_LOG_LEVEL: 'warn' });
const runtime = await openRuntime(config, { name: 'bench', embedded: true, logger: createLogger(config, 'bench') });

const started = Date.now() - 60 * MINUTE;
const message = (index) => {
  const sku = `SKU-${index % skus}`;
  const kind = ['level', 'receipt', 'issue'][Math.floor(index / skus) % 3];
  const time = new Date(started + index).toISOString();
  const data = { type: kind, messageId: `m-${index}`, connectionId: 'bench', warehouseId: '1', sku, quantity: 10 };
  const event = {
    specversion: '1.0',
    id: `m-${index}`,
    source: 'bench',
    type: `holdfast.erp.${kind}.v1`,
    time,
    datacontenttype: 'application/json',
  };
  const posting = kind === 'level' ? { asOf: time } : { postedAt: time };
  return { key: `demo|${sku}`, value: JSON.stringify({ ...event, tenant: 'demo', data: { ...data, ...posting } }) };
};

const prepared = await ingestionService.start(runtime);
await runtime.database.pool.query(`
  INSERT INTO ingestion.connections (tenant, id, name, system, auto_map) VALUES ('demo', 'bench', 'bench', 'custom', false);
  INSERT INTO ingestion.warehouse_mappings (tenant, connection_id, warehouse_id, location_id) VALUES ('demo', 'bench', '1', 'MAIN');
  INSERT INTO ingestion.routing_versions (tenant, version) VALUES ('demo', 1)`);
await prepared.stop();
for (let index = 0; index < messages; index += CHUNK)
  await runtime.bus.publish(
    'erp.stock.v1',
    Array.from({ length: Math.min(CHUNK, messages - index) }, (_, offset) => message(index + offset)),
  );

const begin = performance.now();
const cpuBefore = process.cpuUsage();
const service = await ingestionService.start(runtime);
const taken = async () => Number((await runtime.database.pool.query('SELECT count(*) FROM ingestion.inbox')).rows[0].count);
for (let done = 0; done < messages; done = await taken()) await new Promise((resolve) => setTimeout(resolve, 100));
const seconds = (performance.now() - begin) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const rounded = (value) => Math.round(value * 100) / 100;
const figures = {
  seconds: rounded(seconds),
  messagesPerSecond: Math.round(messages / seconds),
  nodeCpuSeconds: rounded((user + system) / 1e6),
};
console.log(JSON.stringify({ messages, skus, ...figures }));

await service.stop();
await runtime.stop();
rmSync(folder, { recursive: true, force: true });
