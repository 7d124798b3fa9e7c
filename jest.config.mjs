import { availableParallelism } from 'node:os';

const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: '<rootDir>/tools/jest/environment.mjs',
  runtime: '<rootDir>/tools/jest/runtime.cjs',
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^@holdfast/(inventory|warehouse|event-store|kit|ledger|messaging|read-model|contracts|platform|forwarding|runtime|vendor-http|simulation|testing|client)$':
      '<rootDir>/libs/$1/src/index.ts',
    '^@holdfast/(ingestion|reservation|atp-projection|channel-connector|workflow|gateway|graphql)$': '<rootDir>/services/$1/src/index.ts',
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
  setupFilesAfterEnv: ['<rootDir>/tools/jest/prepare.mjs'],
});

export default {
  // One more than there are cores: integration specs wait as much as they compute.
  maxWorkers: availableParallelism() + 1,
  // Half a second, unless given: a worker on a busy machine was ended by force, and jest blamed the specs.
  workerGracefulExitTimeout: 20_000,
  // Node keeps modules of specs that have ended; a worker that ran 150 files held 1.9 GB and was slow. A new one costs two seconds.
  workerIdleMemoryLimit: '600MB',
  testSequencer: '<rootDir>/tools/jest/sequencer.mjs',
  projects: [level('unit'), level('int'), level('engines'), level('e2e')],
};
