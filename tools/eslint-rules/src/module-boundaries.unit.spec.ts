import { resolve } from 'node:path';
import { tester } from '../test/rule-tester.js';
import { rules } from './index.js';
import { MAY_IMPORT } from './packages.js';

const at = (filename: string, code: string) => ({ filename: resolve(filename), code });

tester.run('module-boundaries', rules['module-boundaries'], {
  valid: [
    at('libs/ledger/src/a.ts', `import { decideSku } from '@holdfast/inventory';`),
    at('libs/ledger/src/deep/a.ts', `import { b } from '../b.js'; import pg from 'pg'; import 'node:fs';`),
    at('services/reservation/src/a.ts', `import type { Runtime } from '@holdfast/runtime';`),
    at('services/reservation/src/a.int.spec.ts', `import { startTestPostgres } from '@holdfast/testing';`),
    at('services/reservation/test/shop.ts', `import { startTestPostgres } from '@holdfast/testing'; import { a } from '../src/a.js';`),
    at('services/standalone/src/a.ts', `import { gatewayService } from '@holdfast/gateway';`),
    at('services/standalone/test/crash.e2e.spec.ts', `import { replay } from '@holdfast/replay';`),
    at('eslint.config.mjs', `import { rules } from './tools/eslint-rules/src/index.js';`),
  ],
  invalid: [
    { ...at('libs/inventory/src/a.ts', `import { x } from '@holdfast/contracts';`), errors: [{ messageId: 'forbidden' }] },
    { ...at('libs/platform/src/a.ts', `import type { x } from '@holdfast/runtime';`), errors: [{ messageId: 'forbidden' }] },
    { ...at('libs/ledger/src/a.ts', `export * from '@holdfast/platform';`), errors: [{ messageId: 'forbidden' }] },
    { ...at('services/standalone/src/main.ts', `import { replay } from '@holdfast/replay';`), errors: [{ messageId: 'forbidden' }] },
    { ...at('libs/runtime/src/a.ts', `import { x } from '@holdfast/testing';`), errors: [{ messageId: 'forbidden' }] },
    { ...at('libs/runtime/src/a.ts', `import { x } from '@holdfast/gateway';`), errors: [{ messageId: 'forbidden' }] },
    { ...at('services/workflow/src/a.ts', `import { x } from '@holdfast/reservation';`), errors: [{ messageId: 'forbidden' }] },
    { ...at('services/workflow/src/a.spec.ts', `import { x } from '@holdfast/reservation';`), errors: [{ messageId: 'forbidden' }] },
    { ...at('services/workflow/src/a.ts', `const x = await import('@holdfast/testing');`), errors: [{ messageId: 'forbidden' }] },
    { ...at('services/workflow/src/a.ts', `let x: import('@holdfast/gateway').X;`), errors: [{ messageId: 'forbidden' }] },
    { ...at('services/workflow/src/a.ts', `import { x } from '@holdfast/nothing';`), errors: [{ messageId: 'forbidden' }] },
    {
      ...at('services/workflow/src/a.ts', `import { x } from '@holdfast/platform/src/config/secret.js';`),
      errors: [{ messageId: 'deep', data: { to: 'platform' } }],
    },
    { ...at('services/workflow/src/a.ts', `import { x } from '../../../libs/platform/src/index.js';`), errors: [{ messageId: 'escape' }] },
    { ...at('services/workflow/src/a.ts', `import { x } from '../../gateway/src/index.js';`), errors: [{ messageId: 'escape' }] },
    { ...at('libs/unheard/src/a.ts', `export const x = 1;`), errors: [{ messageId: 'unlisted' }] },
  ],
});

describe('the table of packages', () => {
  it('allows nothing by a wildcard', () => {
    expect(Object.values(MAY_IMPORT).flat()).not.toContain('*');
  });

  it('lets no service import another, but for the one that runs them all', () => {
    const services = ['ingestion', 'reservation', 'atp-projection', 'channel-connector', 'workflow', 'gateway', 'graphql'];
    for (const service of services) expect(MAY_IMPORT[`services/${service}`]?.filter((name) => services.includes(name))).toEqual([]);
  });

  it('lets no library import a service', () => {
    const libraries = Object.entries(MAY_IMPORT).filter(([from]) => from.startsWith('libs/'));
    expect(libraries.flatMap(([, allowed]) => allowed)).not.toContain('gateway');
  });

  it('lets no package import itself by way of others', () => {
    const importsOf = new Map(Object.entries(MAY_IMPORT).map(([key, allowed]) => [key.split('/')[1] ?? '', allowed]));
    const reached = (name: string): ReadonlySet<string> => {
      const found = new Set(importsOf.get(name));
      for (const next of found) for (const further of importsOf.get(next) ?? []) found.add(further);
      return found;
    };
    for (const name of importsOf.keys()) expect([name, reached(name).has(name)]).toEqual([name, false]);
  });
});
