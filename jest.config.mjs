import { availableParallelism } from 'node:os';

const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^@holdfast/(inventory|event-store|kit|ledger|messaging|read-model|contracts|platform|runtime|simulation|testing)$':
      '<rootDir>/libs/$1/src/index.ts',
    '^@holdfast/(ingestion|reservation|atp-projection|channel-connector|workflow|gateway)$': '<rootDir>/services/$1/src/index.ts',
    '^@holdfast/simulate$': '<rootDir>/tools/simulate/src/index.ts',
    '^@holdfast/sandbox$': '<rootDir>/tools/sandbox/src/index.ts',
    '^@holdfast/engines$': '<rootDir>/tools/engines/src/index.ts',
    '^@holdfast/replay$': '<rootDir>/tools/replay/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
};

const level = (name) => ({
  ...shared,
  displayName: name,
  testMatch: [`<rootDir>/**/*.${name}.spec.ts`],
  setupFilesAfterEnv: ['<rootDir>/tools/jest/timeouts.mjs'],
});

export default {
  // One more than there are cores: integration specs wait as much as they compute.
  maxWorkers: availableParallelism() + 1,
  testSequencer: '<rootDir>/tools/jest/sequencer.mjs',
  reporters: ['default', '<rootDir>/tools/jest/slowest.mjs'],
  projects: [level('unit'), level('int'), level('engines'), level('e2e')],
};
