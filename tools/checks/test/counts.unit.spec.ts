import { closingLine } from '../counts.mjs';

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
