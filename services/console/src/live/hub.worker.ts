import { onSignedIn } from '../app/session-news.js';
import { Hub } from './hub.js';

/** The part of a shared worker's global scope that is used here. */
interface SharedWorkerScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

const hub = new Hub();

// Whoever signs in may be of another tenant than the one whose stream is open.
onSignedIn(() => hub.restart());

// Every tab connects; a tab that closes says so, and one that crashed only costs messages that nobody reads.
(self as unknown as SharedWorkerScope).onconnect = ({ ports: [port] }) => {
  if (port === undefined) return;
  const leave = hub.listen((told) => port.postMessage(told));
  port.onmessage = () => leave();
};
