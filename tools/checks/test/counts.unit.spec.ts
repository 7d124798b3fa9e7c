import { closingLine, failedTests } from '../counts.mjs';

const OUTPUT = `
specs   │ Tests:       1 failed, 2 skipped, 997 passed, 1000 total
proofs  │ Proofs: 44 passed, 44 total
node24  │ Tests:       52 passed, 52 total

── specs FAILED:
  ● selling › sells
Tests:       1 failed, 2 skipped, 997 passed, 1000 total
`;

it('counts each closing line once, also of a step that failed and is printed again', () => {
  expect(closingLine(OUTPUT, 1)).toBe('1093 passed, 2 failed, 2 skipped');
});

it('counts nothing where nothing ran', () => {
  expect(closingLine('npm error', 1)).toBe('0 passed, 1 failed, 0 skipped');
});

it('names each failed test once with its step and file, though lines of other steps come between and jest repeats it at the end', () => {
  const output = `
specs    │ FAIL int services/a/test/selling.int.spec.ts (12.3 s)
e2e      │ PASS e2e services/b/test/tour.e2e.spec.ts
specs    │   ● selling › sells
specs    │     expected 1, received 2
specs    │ PASS int services/a/test/logs.int.spec.ts
specs    │   ● Console
specs    │ Summary of all failing tests
specs    │ FAIL int services/a/test/selling.int.spec.ts (12.3 s)
specs    │   ● selling › sells
`;

  expect(failedTests(output)).toEqual(['FAILED: specs: int services/a/test/selling.int.spec.ts: selling › sells']);
});
