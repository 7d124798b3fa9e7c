import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Work } from './work.js';

type Answer = { readonly result: unknown } | { readonly error: string };

/** A pool of worker threads; calls wait for a free one, in order of arrival. */
export class WorkerPool {
  private readonly workers: readonly Worker[];
  private readonly free: Worker[];
  private readonly waiting: ((worker: Worker) => void)[] = [];

  constructor(readonly size = availableParallelism()) {
    this.workers = Array.from({ length: size }, () => new Worker(new URL('./worker.js', import.meta.url)));
    this.free = [...this.workers];
  }

  /** @throws with the stack of the worker's error, or when the worker ended */
  async call<Name extends keyof Work>(name: Name, ...args: Parameters<Work[Name]>): Promise<Awaited<ReturnType<Work[Name]>>> {
    const worker = this.free.pop() ?? (await new Promise<Worker>((given) => this.waiting.push(given)));
    try {
      const answer = await answerOf(worker, [name, args]);
      if ('error' in answer) throw new Error(answer.error);
      return answer.result as Awaited<ReturnType<Work[Name]>>;
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free.push(worker);
      else next(worker);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

function answerOf(worker: Worker, call: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number): void => {
      reject(new Error(`a worker ended with ${String(code)}`));
    };
    worker.once('exit', onExit);
    worker.once('error', reject);
    worker.once('message', (answer: Answer) => {
      worker.off('exit', onExit);
      worker.off('error', reject);
      resolve(answer);
    });
    worker.postMessage(call);
  });
}
