const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^@holdfast/(inventory|event-store|ledger|messaging|read-model|contracts|platform|runtime|testing)$': '<rootDir>/libs/$1/src/index.ts',
    '^@holdfast/(ingestion|reservation|atp-projection|channel-connector|workflow|gateway)$': '<rootDir>/services/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
};

const level = (name, timeoutMs) => ({
  ...shared,
  displayName: name,
  testMatch: [`<rootDir>/**/*.${name}.spec.ts`],
  testTimeout: timeoutMs,
});

export default {
  projects: [level('unit', 10_000), level('int', 60_000), level('e2e', 120_000)],
};
