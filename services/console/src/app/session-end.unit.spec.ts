import { onSessionEnd, watchedFetch } from './session-end.js';
import { onSignedIn, tellSignedIn } from './session-news.js';

describe('the end of a session', () => {
  const realFetch = globalThis.fetch;
  let ends = 0;
  let stop: () => void = () => undefined;
  beforeEach(() => {
    ends = 0;
    stop = onSessionEnd(() => (ends += 1));
  });
  afterEach(() => {
    stop();
    globalThis.fetch = realFetch;
  });
  const answering = (status: number): void => void (globalThis.fetch = async () => new Response('{}', { status }));

  it('is noticed by any call that is answered with 401', async () => {
    answering(401);
    await watchedFetch('/v1/views/matrix?by=channel');
    await watchedFetch(new URL('http://holdfast.example/v1/cycle-counts/c1/lines'));
    expect(ends).toBe(2);
  });

  it.each([200, 403, 404, 429, 500])('is not what %i says', async (status) => {
    answering(status);
    expect((await watchedFetch('/v1/locations')).status).toBe(status);
    expect(ends).toBe(0);
  });

  it('is not a wrong key at the sign-in, and is told to nobody who stopped listening', async () => {
    answering(401);
    await watchedFetch('/v1/session', { method: 'POST' });
    stop();
    await watchedFetch('/v1/locations');
    expect(ends).toBe(0);
  });

  it('is not what a call says that was made before somebody signed in again', async () => {
    let answer: (response: Response) => void = () => undefined;
    globalThis.fetch = () => new Promise((resolve) => (answer = resolve));
    const before = watchedFetch('/v1/locations');
    const late = answer;
    answering(201);
    await watchedFetch('/v1/session', { method: 'POST' });
    late(new Response('{}', { status: 401 }));
    await before;
    expect(ends).toBe(0);
  });

  it('is not what a call says that was made before somebody signed in in another tab', async () => {
    let answer: (response: Response) => void = () => undefined;
    globalThis.fetch = () => new Promise((resolve) => (answer = resolve));
    const before = watchedFetch('/v1/locations');
    const heard = new Promise<void>((resolve) => {
      const stopHearing = onSignedIn(() => (stopHearing(), resolve()));
    });
    tellSignedIn({ tenant: 'demo', subject: 'anna', permissions: ['*'], endsAt: null });
    await heard;
    answer(new Response('{}', { status: 401 }));
    await before;
    expect(ends).toBe(0);
    answering(401);
    await watchedFetch('/v1/locations');
    expect(ends).toBe(1);
  });
});
