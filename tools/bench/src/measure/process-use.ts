import { readdirSync, readFileSync } from 'node:fs';

/** Of the clock that Linux counts processor time by, which is the same on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
const KIBIBYTES_PER_MEBIBYTE = 1_024;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly processorSeconds: number;
}

/** Undefined where the process has ended, or the system has no /proc. */
function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold blanks.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), processorSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
  } catch {
    return undefined;
  }
}

/** Processor time of a process so far, in seconds; 0 where the system does not tell. */
export const processorSecondsOf = (pid: number): number => statOf(pid)?.processorSeconds ?? 0;

/** Processor time of a process and those that it started and that still run: a database server with its backends. */
export function processorSecondsOfFamily(pid: number): number {
  const children = pidsNow()
    .flatMap((each) => statOf(each) ?? [])
    .filter(({ parent }) => parent === pid);
  return processorSecondsOf(pid) + children.reduce((sum, { processorSeconds }) => sum + processorSeconds, 0);
}

export const parentOf = (pid: number): number => statOf(pid)?.parent ?? 0;

/** Memory of a process (RSS); 0 where the system does not tell. */
export function mebibytesOf(pid: number): number {
  try {
    const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
    return Number(found?.[1] ?? 0) / KIBIBYTES_PER_MEBIBYTE;
  } catch {
    return 0;
  }
}

function pidsNow(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
