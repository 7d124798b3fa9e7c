import { freePort, startHoldfast } from '@holdfast/testing';
import type { RunningHoldfast } from '@holdfast/testing';
import { ServerMeter } from './measure.js';

/** Runs work against a fresh Holdfast, all in one process with a probe in it, and stops it. */
export async function withServer(work: (meter: ServerMeter, holdfast: RunningHoldfast) => Promise<void>): Promise<void> {
  const port = await freePort();
  const probe = new URL('probe.js', import.meta.url).href;
  const env = { HOLDFAST_LOG_LEVEL: 'error', WORST_REQUESTS_PROBE: String(port), NODE_OPTIONS: `--import ${probe}` };
  const holdfast = await startHoldfast({ env });
  try {
    await work(new ServerMeter(holdfast, `http://127.0.0.1:${port}`), holdfast);
  } finally {
    await holdfast.stop();
  }
}
