import { readCommandLine } from './command-line.js';

describe('the command line', () => {
  it.each([
    [[], {}],
    [['--json', 'out.json'], { json: 'out.json' }],
    [['--json=out.json'], { json: 'out.json' }],
  ])('%j', (words, expected) => expect(readCommandLine(words)).toEqual(expected));

  it.each([
    [['--jsn', 'x'], '--jsn is not understood'],
    [['--json'], '--json needs the name of a file'],
    [['--json', '--json'], '--json needs the name of a file'],
    [['--json='], '--json needs the name of a file'],
  ])('%j is refused and says why', (words, message) => expect(() => readCommandLine(words)).toThrow(message));
});
