import { jest } from '@jest/globals';
import { quickExpect } from './quick-expect.mjs';

// jest takes no time-out per project, so each level sets its own here. They end what hangs and say nothing of how quick anything is: a busy
// machine takes many times as long as a quiet one.
const LEVELS_MS = { unit: 120_000, int: 300_000, engines: 300_000, e2e: 600_000 };
const level = /\.(\w+)\.spec\.ts$/.exec(expect.getState().testPath ?? '')?.[1];
jest.setTimeout(LEVELS_MS[level] ?? 120_000);

globalThis.expect = quickExpect(globalThis.expect);

// Jest wants a hundred frames of every error, also of those that the product makes and that nobody reads.
Error.stackTraceLimit = 20;
