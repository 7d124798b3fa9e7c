import type { ValueOf } from '@holdfast/client';

type Session = ValueOf<'session.get'>;

/** All tabs of a browser share one cookie: who signs in, in whichever tab, signs all of them in. */
const CHANNEL = 'holdfast-session';

/** Tells every other tab and the follower of changes that somebody has signed in. */
export function tellSignedIn(session: Session): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(session);
  channel.close();
}

/** Told of each sign-in of the browser, that of the same tab only where this listens in a worker. @returns how to stop listening */
export function onSignedIn(listener: (session: Session) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Session>) => listener(data);
  return () => channel.close();
}
