import { onSignedIn } from '../app/session-news.js';
import type { Told } from './changes.js';
import { Hub } from './hub.js';

/** For browsers without shared workers: then each tab has a connection of its own. */
let ownHub: Hub | undefined;

function makeOwnHub(): Hub {
  const hub = new Hub();
  onSignedIn(() => hub.restart());
  return hub;
}

/** Listens to the changes of the tenant. @returns how to leave */
export function followChanges(listener: (told: Told) => void): () => void {
  if (typeof SharedWorker === 'undefined') return (ownHub ??= makeOwnHub()).listen(listener);
  const worker = new SharedWorker(new URL('./hub.worker.ts', import.meta.url), { type: 'module', name: 'holdfast-changes' });
  worker.port.onmessage = ({ data }: MessageEvent<Told>) => listener(data);
  worker.port.start();
  const leave = (): void => {
    worker.port.postMessage('leave');
    worker.port.close();
  };
  window.addEventListener('pagehide', leave, { once: true });
  return leave;
}
