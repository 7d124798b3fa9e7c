import { writeFileSync } from 'node:fs';
import { ConfigError } from '@holdfast/platform';
import type { Runtime } from '@holdfast/runtime';
import { UsageError, readCommandLine } from './command-line.js';
import { connect } from './connect.js';
import { Progress } from './progress.js';

/** What a command found, and whether all is well. */
export interface Finding {
  readonly result: object;
  readonly isWell: boolean;
}

/** Runs one command on the engines of the environment; its result goes to standard output as JSON, and to the file that was named. */
export async function run(command: (runtime: Runtime, progress: Progress) => Promise<Finding>): Promise<void> {
  try {
    const { json } = readCommandLine(process.argv.slice(2));
    const runtime = await connect(process.env);
    try {
      const { result, isWell } = await command(runtime, new Progress());
      const text = `${JSON.stringify(result, null, 2)}\n`;
      process.stdout.write(text);
      if (json !== undefined) writeFileSync(json, text);
      if (!isWell) process.exitCode = 1;
    } finally {
      await runtime.stop();
    }
  } catch (error) {
    process.exitCode = 1;
    const isExpected = error instanceof UsageError || error instanceof ConfigError;
    process.stderr.write(`${isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
}
