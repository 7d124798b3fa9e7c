import { parentPort } from 'node:worker_threads';
import { work } from './work.js';

type Call = readonly [name: keyof typeof work, args: readonly never[]];

/** Answers one call after the other with `{ result }` or `{ error }`. */
parentPort?.on('message', ([name, args]: Call) => {
  const perform = async (): Promise<unknown> => (work[name] as (...given: readonly never[]) => Promise<unknown>)(...args);
  perform().then(
    (result) => parentPort?.postMessage({ result }),
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
