import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderReference } from './render.js';

const folder = fileURLToPath(new URL('../../../../docs/reference/', import.meta.url));

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(renderReference())) writeFileSync(join(folder, name), text);
process.stdout.write(`wrote ${Object.keys(renderReference()).join(', ')} in docs/reference\n`);
