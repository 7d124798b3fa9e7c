import { tester } from '../test/rule-tester.js';
import { rules } from './index.js';

tester.run('pure-domain', rules['pure-domain'], {
  valid: [
    `import type { SkuState } from './state.js'; export * from './events.js';`,
    `export const iso = (at: number) => new Date(at).toISOString();`,
    `export const at = Date.UTC(2026, 0, 1) + Date.parse('2026-01-01');`,
    `export const low = (a: number) => Math.floor(Math.min(a, 1));`,
    `const process = { now: 1 }; export const now = process.now;`,
    `export function decide(crypto: number) { return crypto; }`,
    `export const when = (date: Date) => date.getTime();`,
    { code: `import { accept } from '@holdfast/inventory';`, options: [{ domain: ['@holdfast/inventory'] }] },
    `export const isDate = (state: { performance: number }) => state.performance;`,
  ],
  invalid: [
    { code: `export const at = Date.now();`, errors: [{ messageId: 'clock' }] },
    { code: `export const at = new Date();`, errors: [{ messageId: 'clock' }] },
    { code: `export const at = Date();`, errors: [{ messageId: 'clock' }] },
    { code: `const Clock = Date; export const at = Clock.now();`, errors: [{ messageId: 'clock' }] },
    { code: `const { now } = Date; export const at = now();`, errors: [{ messageId: 'clock' }] },
    { code: `export const at = performance.now();`, errors: [{ messageId: 'surroundings', data: { name: 'performance' } }] },
    { code: `export const lot = Math.random();`, errors: [{ messageId: 'chance' }] },
    { code: `export const id = crypto.randomUUID();`, errors: [{ messageId: 'surroundings' }] },
    { code: `export const home = process.env;`, errors: [{ messageId: 'surroundings' }] },
    { code: `export const at = globalThis.Date.now();`, errors: [{ messageId: 'surroundings' }] },
    { code: `setTimeout(() => 1, 1); console.log(1);`, errors: [{ messageId: 'surroundings' }, { messageId: 'surroundings' }] },
    { code: `import { randomUUID } from 'node:crypto';`, errors: [{ messageId: 'foreign', data: { source: 'node:crypto' } }] },
    { code: `import type { Pool } from 'pg';`, errors: [{ messageId: 'foreign' }] },
    { code: `export { x } from '@holdfast/contracts';`, errors: [{ messageId: 'foreign' }] },
    { code: `export const pg = import('pg');`, errors: [{ messageId: 'foreign' }] },
    { code: `export async function decide() {}`, errors: [{ messageId: 'waits' }] },
    { code: `export const decide = async () => 1;`, errors: [{ messageId: 'waits' }] },
    { code: `export const x = await y;`, errors: [{ messageId: 'waits' }] },
  ],
});
