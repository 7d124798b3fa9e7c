import { Durations } from './durations.js';
import { figuresOf, type Figures } from './figures.js';

export interface ClosedLoop {
  /** Each asks again as soon as it was answered. */
  readonly callers: number;
  readonly seconds: number;
  /** One request; `index` counts those of all callers. */
  readonly request: (index: number) => Promise<void>;
  /** What a caller does before it asks; nothing unless given. */
  readonly pause?: () => Promise<unknown>;
}

/** Runs the callers for so many seconds. @throws the error of a request */
export async function closedLoop({ callers, seconds, request, pause }: ClosedLoop): Promise<Figures> {
  const durations = new Durations();
  let asked = 0;
  const began = performance.now();
  const until = began + seconds * 1_000;
  const caller = async (): Promise<void> => {
    for (let now = performance.now(); now < until;) {
      if (pause !== undefined) {
        await pause();
        now = performance.now();
      }
      await request(asked++);
      const answeredAt = performance.now();
      durations.add(answeredAt - now);
      now = answeredAt;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return figuresOf(durations, (performance.now() - began) / 1_000);
}
