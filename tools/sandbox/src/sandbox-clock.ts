/** Time of a simulator. Tests give one of their own, so that an hour of a vendor's limit takes no time. */
export interface SandboxClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs the action once after so many milliseconds of this clock. */
  after(ms: number, action: () => void): void;
}

export const realClock: SandboxClock = {
  now: () => Date.now(),
  after: (ms, action) => void setTimeout(action, ms).unref(),
};
