import { parseArgs } from 'node:util';
import { connect } from './connect.js';
import { fetchCertificate, writeCertificate } from './certify.js';

const USAGE = `npm run certify -- --sku S --json OUT [options]
  --sku S       the SKU
  --json OUT    file for the certificate; check it with: npm run check-certificate -- OUT [HEAD]
  --tenant T    its tenant, default demo; with --url the key decides
  --url URL     a running Holdfast; its key is read from HOLDFAST_API_KEY. Without it the engines that the environment names are read`;

const option = { type: 'string' } as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { sku: option, json: option, tenant: option, url: option } });
  const { sku, json, tenant = 'demo', url } = values;
  if (sku === undefined || json === undefined) throw new Error(`--sku and --json are needed\n\n${USAGE}`);
  if (url !== undefined) {
    const key = process.env['HOLDFAST_API_KEY'];
    if (key === undefined) throw new Error('with --url the key of the running Holdfast must be in HOLDFAST_API_KEY');
    await fetchCertificate(url, key, sku, json);
    process.stdout.write(`wrote ${json}\n`);
    return;
  }
  const runtime = await connect(process.env);
  try {
    const conclusion = await writeCertificate(runtime.eventStore, { tenant, sku }, json);
    process.stdout.write(`${JSON.stringify(conclusion, null, 2)}\n`);
    if (!conclusion.holds) process.exitCode = 1;
  } finally {
    await runtime.stop();
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
