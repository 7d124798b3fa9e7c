import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What one process uses at a moment. */
export interface Sample {
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly sockets: number;
  /** Open file handles, sockets included. */
  readonly handles: number;
}

/** Reads what a process uses: memory and handles from `/proc`, its heap from its own metrics at `url`. */
export async function sample(pid: number, url: string): Promise<Sample> {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  const links = handlesOf(pid);
  return {
    heapBytes: await heapBytesOf(url),
    rssBytes: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1_024,
    sockets: links.filter((link) => link.startsWith('socket:')).length,
    handles: links.length,
  };
}

function handlesOf(pid: number): readonly string[] {
  const folder = `/proc/${String(pid)}/fd`;
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(`${folder}/${name}`)];
    } catch {
      // It was closed meanwhile.
      return [];
    }
  });
}

async function heapBytesOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_heap_size_used_bytes(?:\{[^}]*\})? (\S+)$/m.exec(text)?.[1] ?? Number.NaN);
}
