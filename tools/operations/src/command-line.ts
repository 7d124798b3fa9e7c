/** What the command line asks for. */
export interface CommandLine {
  /** File that gets the result too. */
  readonly json?: string;
}

export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Reads `--json OUT` or `--json=OUT`. @throws UsageError that names what was wrong */
export function readCommandLine(words: readonly string[]): CommandLine {
  let json: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--json') {
      json = words[at + 1];
      at += 1;
    } else if (word.startsWith('--json=')) {
      json = word.slice('--json='.length);
    } else {
      throw new UsageError(`${word} is not understood; the one option is --json OUT`);
    }
    if (json === undefined || json === '' || json.startsWith('--'))
      throw new UsageError('--json needs the name of a file: --json result.json');
  }
  return json === undefined ? {} : { json };
}
