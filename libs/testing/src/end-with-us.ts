import { spawn } from 'node:child_process';

/** Ends processes when this one ends, however it ends: `kill -9` leaves no time to stop them, and a stopped process hears no signal but that one. */
export interface EndWithUs {
  watch(pid: number): void;
  /** All of them have ended: nothing is killed any more. */
  release(): void;
}

/** Reads process ids until its input ends, which the kernel sees to when the writer dies, and kills them. */
export const WATCH = `
  trap '' INT TERM HUP
  pids=
  while read -r pid; do
    [ "$pid" = release ] && exit 0
    pids="$pids $pid"
  done
  [ -z "$pids" ] || kill -KILL $pids 2>/dev/null`;

/** In a session of its own, so that what a terminal sends to the whole group leaves it alive. */
export function endWithUs(): EndWithUs {
  const watcher = spawn('sh', ['-c', WATCH], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.unref();
  watcher.stdin.on('error', () => undefined);
  return {
    watch: (pid) => void watcher.stdin.write(`${String(pid)}\n`),
    release: () => void watcher.stdin.end('release\n'),
  };
}
