import { createRequire } from 'node:module';

interface Throttle {
  readonly pending: readonly unknown[];
}

/**
 * kafkajs 2.2.4 arms a timer that arms itself again every millisecond on each connection, whether or not a request waits: eight idle consumers make
 * 14,000 timers a second. Requests wait only while a broker throttles or too many are under way, so the timer is left out when none does. Where
 * another version has no such method, nothing is changed.
 */
export function quietIdleTimers(): void {
  const queue: unknown = createRequire(import.meta.url)('kafkajs/src/network/requestQueue');
  if (typeof queue !== 'function') return;
  const prototype: unknown = queue.prototype;
  if (!hasThrottleTimer(prototype) || patched.has(prototype)) return;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleIfNeeded(this: Throttle): void {
    if (this.pending.length > 0) schedule.call(this);
  };
  patched.add(prototype);
}

const patched = new WeakSet<object>();

const hasThrottleTimer = (prototype: unknown): prototype is { scheduleCheckPendingRequests: (this: Throttle) => void } =>
  typeof prototype === 'object' &&
  prototype !== null &&
  'scheduleCheckPendingRequests' in prototype &&
  typeof prototype.scheduleCheckPendingRequests === 'function';
