import { jest } from '@jest/globals';

// jest takes no time-out per project, so each level sets its own here.
const LEVELS_MS = { unit: 10_000, int: 60_000, engines: 120_000, e2e: 180_000 };
const level = /\.(\w+)\.spec\.ts$/.exec(expect.getState().testPath ?? '')?.[1];
jest.setTimeout(LEVELS_MS[level] ?? 10_000);
