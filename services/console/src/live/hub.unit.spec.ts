import type { Told } from './changes.js';
import { Hub } from './hub.js';

const hello = (token: string): string => `id: ${token}\nevent: hello\ndata: {}\n\n`;
const atp = (token: string, sku: string, available: number): string => {
  const data = { sku, locationId: 'BER', onHand: available, reserved: 0, available, position: '7' };
  return `id: ${token}\nevent: inventory.atp.v1\ndata: ${JSON.stringify({ data })}\n\n`;
};

/** A stream that sends its text and then ends, or stays open. */
function answer(text: string, end: 'ends' | 'stays', signal?: AbortSignal | null): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      if (end === 'ends') controller.close();
      signal?.addEventListener('abort', () => controller.error(signal.reason));
    },
  });
  return new Response(body, { status: 200 });
}

type Answer = (signal?: AbortSignal | null) => Response;

describe('the hub of changes', () => {
  const asked: (string | undefined)[] = [];
  let answers: Answer[] = [];
  const realFetch = globalThis.fetch;
  let leave: () => void = () => undefined;
  let told: Told[] = [];
  let hub: Hub;

  beforeEach(() => {
    asked.length = 0;
    told = [];
    globalThis.fetch = async (_, init) => {
      asked.push((init?.headers as Record<string, string> | undefined)?.['last-event-id']);
      const next = answers.shift();
      return next === undefined ? answer('', 'stays', init?.signal) : next(init?.signal);
    };
  });
  afterEach(() => {
    leave();
    globalThis.fetch = realFetch;
  });

  /** Follows the answers given until all of them were asked for and what they said was told. */
  const follow = async (given: Answer[], until: () => boolean): Promise<void> => {
    answers = given;
    hub = new Hub();
    leave = hub.listen((each) => told.push(each));
    await waitFor(until);
  };
  const waitFor = async (until: () => boolean): Promise<void> => {
    while (!until()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const kinds = (): readonly string[] => told.map((each) => (each.kind === 'state' ? each.state : each.kind));
  const skus = (): readonly string[] => told.flatMap((each) => (each.kind === 'changes' ? each.changes.map(({ sku }) => sku) : []));

  it('says that everything must be read, and then tells changes', async () => {
    await follow([(signal) => answer(hello('t0') + atp('t1', 'TEE', 4), 'stays', signal)], () => skus().length === 1);
    expect(kinds()).toEqual(['connecting', 'reset', 'live', 'changes']);
    expect(told.at(-1)).toEqual({
      kind: 'changes',
      position: '7',
      changes: [{ kind: 'location', sku: 'TEE', locationId: 'BER', onHand: 4, reserved: 0, available: 4, held: 0 }],
    });
  });

  it('goes on after a cut where it was, without reading everything again', async () => {
    const cut: Answer = (signal) => answer(hello('t0') + atp('t1', 'TEE', 4), 'ends', signal);
    await follow([cut, (signal) => answer(hello('t1') + atp('t2', 'HAT', 1), 'stays', signal)], () => skus().length === 2);
    expect(asked).toEqual([undefined, 't1']);
    expect(kinds().filter((kind) => kind === 'reset')).toHaveLength(1);
    expect(kinds()).toContain('lost');
  });

  it('begins anew, and says so, where its token is refused', async () => {
    const refused = () => new Response('{"code":"invalid_resume_token"}', { status: 400 });
    const again: Answer = (signal) => answer(hello('t9') + atp('t10', 'HAT', 1), 'stays', signal);
    await follow([(signal) => answer(hello('t0'), 'ends', signal), refused, again], () => skus().length === 1);
    expect(asked).toEqual([undefined, 't0', undefined]);
    expect(kinds().filter((kind) => kind === 'reset')).toHaveLength(2);
  });

  it('closes its connection when nobody listens any more', async () => {
    let aborted = false;
    const stays: Answer = (signal) => {
      signal?.addEventListener('abort', () => (aborted = true));
      return answer(hello('t0'), 'stays', signal);
    };
    await follow([stays], () => kinds().includes('live'));
    leave();
    expect(aborted).toBe(true);
  });

  it('stops where nobody is signed in any more', async () => {
    await follow([() => new Response('{}', { status: 401 })], () => kinds().includes('signed-out'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toHaveLength(1);
    expect(kinds()).toEqual(['connecting', 'lost', 'signed-out']);
  });

  it('begins anew once somebody has signed in again, who may see other figures', async () => {
    const ended: Answer = () => new Response('{}', { status: 401 });
    await follow([(signal) => answer(hello('t0'), 'ends', signal), ended], () => kinds().includes('signed-out'));
    answers = [(signal) => answer(hello('u0') + atp('u1', 'HAT', 1), 'stays', signal)];
    hub.restart();
    await waitFor(() => skus().length === 1);
    expect(asked).toEqual([undefined, 't0', undefined]);
    expect(kinds().slice(-3)).toEqual(['reset', 'live', 'changes']);
  });

  it('leaves an open stream for that of who has signed in, without its token', async () => {
    await follow([(signal) => answer(hello('t0'), 'stays', signal)], () => kinds().includes('live'));
    answers = [(signal) => answer(hello('u0') + atp('u1', 'HAT', 1), 'stays', signal)];
    hub.restart();
    await waitFor(() => skus().length === 1);
    expect(asked).toEqual([undefined, undefined]);
    expect(kinds().filter((kind) => kind === 'reset')).toHaveLength(2);
  });

  it('says when the server was last heard, where the connection is lost', async () => {
    const before = Date.now();
    await follow([(signal) => answer(hello('t0'), 'ends', signal)], () => kinds().includes('lost'));
    const lost = told.find((each) => each.kind === 'state' && each.state === 'lost');
    expect(lost).toMatchObject({ heardAt: expect.any(Number) as number });
    expect(lost?.kind === 'state' ? lost.heardAt : 0).toBeGreaterThanOrEqual(before);
  });
});
