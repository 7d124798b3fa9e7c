import type { StoredRun } from '../runs/run-table.js';
import { BREAKER_FAILURES } from '../runs/polling.js';
import type { PollerView, PollRunView } from './poller.dto.js';
import type { StoredPoller } from './poller-table.js';

export const pollerView = (poller: StoredPoller): PollerView => ({
  intervalSeconds: Math.round(poller.intervalMs / 1_000),
  settings: poller.settings,
  enabled: poller.enabled,
  status: statusOf(poller),
  error: poller.fault,
  readAt: poller.readAt?.toISOString() ?? null,
  nextAt: poller.enabled ? poller.nextAt.toISOString() : null,
});

function statusOf({ enabled, failures, readAt }: StoredPoller): PollerView['status'] {
  if (!enabled) return 'disabled';
  if (failures >= BREAKER_FAILURES) return 'paused';
  if (failures > 0) return 'failing';
  return readAt === null ? 'waiting' : 'ok';
}

/** @param now epoch milliseconds, the end of a run that is under way */
export const runView = (run: StoredRun, now: number): PollRunView => ({
  id: run.id,
  status: run.status,
  startedAt: run.startedAt.toISOString(),
  finishedAt: run.finishedAt?.toISOString() ?? null,
  rowsRead: run.rowsRead,
  changed: run.changed,
  refused: run.refused,
  parked: run.parked,
  ms: Math.max(0, (run.finishedAt?.getTime() ?? now) - run.startedAt.getTime()),
  error: run.error,
  skewMs: run.skewMs,
  refusals: run.refusals,
});
