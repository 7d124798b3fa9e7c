import { parentPort } from 'node:worker_threads';
import { runStretch } from './many-seeds.js';
import { runSeed } from './run-seed.js';

/** Runs the stretches that it is given: `[from, seeds]` in, a `Stretch` out. */
parentPort?.on('message', ([from, seeds]: readonly [number, number]) => {
  void runStretch(from, seeds, runSeed).then((stretch) => parentPort?.postMessage(stretch));
});
