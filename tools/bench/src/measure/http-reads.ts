import type { Api } from '@holdfast/testing';
import { Durations } from './durations.js';

/** Asks for each path so often, one after another, after a warm-up of one in five. @throws where an answer is not 200 */
export async function timeReads(api: Api, paths: readonly string[], times: number): Promise<ReadonlyMap<string, Durations>> {
  const found = new Map<string, Durations>();
  for (const path of paths) {
    const durations = new Durations();
    const warmUp = Math.ceil(times / 5);
    for (let call = 0; call < warmUp + times; call += 1) {
      const began = performance.now();
      const { status, body } = await api.get(path);
      if (status !== 200) throw new Error(`${path}: ${String(status)} ${JSON.stringify(body).slice(0, 500)}`);
      if (call >= warmUp) durations.add(performance.now() - began);
    }
    found.set(path, durations);
  }
  return found;
}
