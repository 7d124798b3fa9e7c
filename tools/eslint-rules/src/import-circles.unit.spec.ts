import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tester } from '../test/rule-tester.js';
import { rules } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-circles-'));
const onDisk = {
  'state.ts': `import type { Supply } from './supply.js'; export interface State { supply: Supply }`,
  'supply.ts': `export type { Arrival } from './arrivals.js'; export interface Supply { units: number }`,
  'arrivals.ts': `export type Arrival = import('./alone.js').Alone;`,
  'alone.ts': `import pg from 'pg'; export type Alone = number;`,
};
for (const [name, code] of Object.entries(onDisk)) writeFileSync(join(folder, name), code);

const at = (name: string, code: string) => ({ filename: join(folder, name), code });

tester.run('import-circles', rules['import-circles'], {
  valid: [
    at('state.ts', onDisk['state.ts']),
    at('arrivals.ts', onDisk['arrivals.ts']),
    at('alone.ts', `import { x } from './not-there.js'; import y from 'pg'; export { z } from '@holdfast/contracts';`),
    at('new.ts', `import { state } from './state.js'; import { supply } from './supply.js';`),
  ],
  invalid: [
    { ...at('state.ts', `import { state } from './state.js';`), errors: [{ messageId: 'circle' }] },
    { ...at('supply.ts', `import type { State } from './state.js';`), errors: [{ messageId: 'circle' }] },
    { ...at('alone.ts', `export type { State } from './state.js';`), errors: [{ messageId: 'circle' }] },
    { ...at('alone.ts', `export * from './state.js';`), errors: [{ messageId: 'circle' }] },
    { ...at('alone.ts', `const arrivals = await import('./arrivals.js');`), errors: [{ messageId: 'circle' }] },
    { ...at('alone.ts', `let supply: import('./supply.js').Supply;`), errors: [{ messageId: 'circle' }] },
  ],
});
