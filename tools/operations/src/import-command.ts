import { parseArgs } from 'node:util';
import { writeFileSync } from 'node:fs';
import { importFile, type ImportOptions, type ImportSettings } from './import-file.js';
import { Progress } from './progress.js';

const USAGE = `npm run import -- --file FILE --kind stock|products|locations|orders|mappings [options]
  --dry-run            tells what would change, and changes nothing
  --url URL            of the gateway; default $HOLDFAST_URL, else http://127.0.0.1:3000
  --key KEY            API key; default $HOLDFAST_API_KEY
  --delimiter, --decimal, --encoding, --dates, --duplicates   as in docs/guides/imports.md
  --failed OUT         writes the failed lines there as CSV
  --undo ID            takes back what an import changed, in place of --file and --kind`;

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    kind: { type: 'string' },
    undo: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    url: { type: 'string', default: process.env['HOLDFAST_URL'] ?? 'http://127.0.0.1:3000' },
    key: { type: 'string', default: process.env['HOLDFAST_API_KEY'] ?? '' },
    delimiter: { type: 'string' },
    decimal: { type: 'string' },
    encoding: { type: 'string' },
    dates: { type: 'string' },
    duplicates: { type: 'string' },
    failed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function optionsOf(): ImportOptions | undefined {
  const { url, key, undo, file, kind, delimiter, decimal, encoding, dates, duplicates } = values;
  const shared = { url, key, dryRun: values['dry-run'] };
  if (undo !== undefined) return { ...shared, what: { undo } };
  if (file === undefined || kind === undefined) return undefined;
  const given = Object.entries({ kind, delimiter, decimal, encoding, dates, duplicates }).filter(([, value]) => value !== undefined);
  // What the API does not know it refuses, with what it does.
  return { ...shared, what: { file, settings: Object.fromEntries(given) as unknown as ImportSettings } };
}

const options = optionsOf();
if (values.help || options === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(values.help ? 0 : 2);
}

const progress = new Progress();
try {
  const { summary, failedLines } = await importFile(options, (label, share, note) => progress.show(label, share, note));
  progress.end();
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  if (summary.failed > 0 && values.failed !== undefined) writeFileSync(values.failed, await failedLines());
  process.exitCode = summary.failed > 0 ? 1 : 0;
} catch (error) {
  progress.end();
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
