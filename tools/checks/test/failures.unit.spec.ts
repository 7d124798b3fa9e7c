import { Failures } from '../failures.mjs';

const FIRST = ['  ● starting › becomes ready', '', '    gateway did not become ready:', '    ECONNREFUSED 127.0.0.1:5432', ''];
const SECOND = ['  ● selling › sells', '', '    expect(received).toBe(expected)', ''];
const SUMMARY = ['Test Suites: 2 failed, 1 passed, 3 total', 'Tests:       2 failed, 4 passed, 6 total'];

function linesOf(...output: readonly string[]): readonly string[] {
  const failures = new Failures();
  for (const line of output) failures.add(line);
  return failures.lines();
}

describe('what is printed again of a step that failed', () => {
  it('is the message of every failing test, however much came after it', () => {
    const much = Array.from({ length: 500 }, (_, index) => `PASS unit file-${index}.unit.spec.ts`);
    const again = linesOf('FAIL e2e a.e2e.spec.ts', ...FIRST, 'FAIL e2e b.e2e.spec.ts', ...SECOND, ...much, ...SUMMARY);
    expect(again).toEqual([...FIRST, ...SECOND, ...SUMMARY]);
  });

  it('has a message once that jest prints a second time in its summary', () => {
    const again = linesOf(
      'FAIL int a.int.spec.ts',
      ...FIRST,
      'Summary of all failing tests',
      'FAIL int a.int.spec.ts',
      ...FIRST,
      ...SUMMARY,
    );
    expect(again).toEqual([...FIRST, ...SUMMARY]);
  });

  it('leaves out what specs logged', () => {
    const logged = ['  ● Console', '', '    console.log', '      loud', ''];
    expect(linesOf('PASS unit a.unit.spec.ts', ...logged, 'FAIL unit b.unit.spec.ts', ...logged, ...SECOND, ...SUMMARY)).toEqual([
      ...SECOND,
      ...SUMMARY,
    ]);
  });

  it('names how many more there are, and shortens what is long', () => {
    const many = Array.from({ length: 12 }, (_, index) => [`  ● test ${index}`, '', '    wrong', '']);
    const long = ['  ● long', ...Array.from({ length: 200 }, (_, index) => `    line ${index}`)];
    const again = linesOf('FAIL unit a.unit.spec.ts', ...long, ...many.flat(), ...SUMMARY);
    expect(again).toContain('    line 78');
    expect(again).not.toContain('    line 79');
    expect(again).toContain('    … and 121 lines more');
    expect(again).toContain('  … and 3 failing tests more: their messages are above');
  });

  it('ends with the summary and what came after it', () => {
    const image = ['── start commands of the image', 'programs/reservation.js did not become ready'];
    expect(linesOf('FAIL e2e a.e2e.spec.ts', ...FIRST, ...SUMMARY, ...image)).toEqual([...FIRST, ...SUMMARY, ...image]);
  });

  it('is the last lines of a step that is no jest', () => {
    const output = Array.from({ length: 100 }, (_, index) => `round ${index}`);
    expect(linesOf(...output)).toEqual(output.slice(-60));
  });
});
