import { jest } from '@jest/globals';
import { clientOf, problem, type GivenEvents } from '../../test/answers.js';
import { ApiError, ConnectionError } from '../requests/errors.js';
import type { Change } from './changes.js';
import { ResumeLost } from './open-stream.js';

const hello = (token: string): string => `id: ${token}\nevent: hello\ndata: {}\n\n`;

function atp(token: string, sku: string, version: number, position = version): string {
  const data = { sku, locationId: 'BER', onHand: version, version, position: String(position), causes: [] };
  return `id: ${token}\nevent: inventory.atp.v1\ndata: ${JSON.stringify({ type: 'holdfast.inventory.atp.v1', data })}\n\n`;
}

const connection = (then: GivenEvents['then'], ...events: readonly string[]): GivenEvents => ({ events, then });

/** The first changes of a stream, which is left then. */
async function first(count: number, stream: AsyncIterable<Change>): Promise<readonly string[]> {
  const seen: string[] = [];
  for await (const { event, token, skipped } of stream) {
    seen.push(`${event.data.sku} ${String(event.data.version)} ${token}${skipped ? ' skipped' : ''}`);
    if (seen.length === count) break;
  }
  return seen;
}

const tokens = (sent: readonly { readonly headers: Headers }[]): readonly (string | null)[] =>
  sent.map(({ headers }) => headers.get('last-event-id'));

describe('the stream of changes', () => {
  it('goes on behind the last change that was read, however its connection ended', async () => {
    const { holdfast, sent } = clientOf([
      connection('ends', hello('t0'), ': still here\n\n', atp('t1', 'A', 1)),
      connection('breaks', hello('t1'), atp('t2', 'A', 2)),
      'broken',
      problem(503, 'too_many_readers'),
      connection('stays', hello('t2'), atp('t3', 'B', 7)),
    ]);
    expect(await first(3, holdfast.stream())).toEqual(['A 1 t1', 'A 2 t2', 'B 7 t3']);
    expect(tokens(sent)).toEqual([null, 't1', 't2', 't2', 't2']);
  });

  it('goes on behind its opening where nothing was told yet, and behind the token that it is given', async () => {
    const { holdfast, sent } = clientOf([connection('ends', hello('t0')), connection('stays', atp('t1', 'A', 1))]);
    expect(await first(1, holdfast.stream({ resume: 'before', sku: 'A' }))).toEqual(['A 1 t1']);
    expect(tokens(sent)).toEqual(['before', 't0']);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual(['?sku=A', '?sku=A']);
  });

  it('tells each version of a figure once, and where versions were left out', async () => {
    const { holdfast } = clientOf([
      connection('ends', hello('t0'), atp('t1', 'A', 1), atp('t2', 'A', 2)),
      connection('stays', atp('t1', 'A', 1), atp('t2', 'A', 2), atp('t3', 'B', 4), atp('t4', 'A', 5)),
    ]);
    expect(await first(4, holdfast.stream())).toEqual(['A 1 t1', 'A 2 t2', 'B 4 t3', 'A 5 t4 skipped']);
  });

  it('says when it is connected and when it is not', async () => {
    const states: string[] = [];
    const { holdfast } = clientOf([connection('breaks', hello('t0')), connection('stays', atp('t1', 'A', 1))]);
    await first(1, holdfast.stream({ onState: (state) => states.push(state) }));
    expect(states).toEqual(['connected', 'reconnecting', 'connected']);
  });

  it('ends when its signal says so', async () => {
    const stop = new AbortController();
    const { holdfast } = clientOf([connection('stays', atp('t1', 'A', 1))]);
    const seen: number[] = [];
    for await (const { event } of holdfast.stream({ signal: stop.signal })) {
      seen.push(event.data.version);
      stop.abort();
    }
    expect(seen).toEqual([1]);
  });

  it('takes a connection that says nothing for long for broken', async () => {
    jest.useFakeTimers();
    try {
      const { holdfast, sent } = clientOf([connection('stays', hello('t0')), connection('stays', atp('t1', 'A', 1))]);
      const reading = first(1, holdfast.stream());
      await jest.advanceTimersByTimeAsync(39_000);
      expect(sent).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(2_000);
      expect(await reading).toEqual(['A 1 t1']);
      expect(tokens(sent)).toEqual([null, 't0']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is lost where the server cannot go on behind the token', async () => {
    const { holdfast } = clientOf([problem(400, 'invalid_resume_token')]);
    await expect(first(1, holdfast.stream({ resume: 'old' }))).rejects.toBeInstanceOf(ResumeLost);
  });

  it('is refused where its reader may not read, and given up where the first connection is not to be had', async () => {
    const refused = clientOf([problem(403, 'forbidden')]);
    await expect(first(1, refused.holdfast.stream())).rejects.toBeInstanceOf(ApiError);
    const away = clientOf(['broken', 'broken'], { retries: 1 });
    await expect(first(1, away.holdfast.stream())).rejects.toBeInstanceOf(ConnectionError);
  });
});

describe('a stream with an end', () => {
  it('ends where the server has nothing left to tell', async () => {
    const progress = (token: string): string => `id: ${token}\nevent: progress\ndata: {}\n\n`;
    const { holdfast, sent } = clientOf([connection('ends', progress('1'), progress('2')), { status: 204 }]);
    const seen: (string | undefined)[] = [];
    for await (const { token } of holdfast.imports.follow('i1')) seen.push(token);
    expect(seen).toEqual(['1', '2']);
    expect(tokens(sent)).toEqual([null, '2']);
  });
});

describe('following a view', () => {
  const levels = (position: number) => ({ body: { items: [] }, headers: { 'holdfast-position': String(position) } });

  it('gives its snapshot, then the changes that this does not reflect', async () => {
    const { holdfast, sent } = clientOf([connection('stays', hello('t0'), atp('t1', 'A', 1, 10), atp('t2', 'A', 2, 11)), levels(10)]);
    const seen: string[] = [];
    for await (const each of holdfast.follow({ load: (options) => holdfast.products.getLevels('A', options) })) {
      seen.push(each.kind === 'snapshot' ? `snapshot ${String(each.position)}` : `${String(each.change.event.data.version)}`);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual(['snapshot 10', '2']);
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(['/api/inventory/stream', '/api/products/A/inventory-levels']);
  });

  it('gives a new snapshot where the stream cannot go on', async () => {
    const { holdfast } = clientOf([
      connection('breaks', hello('t0')),
      levels(10),
      problem(400, 'invalid_resume_token'),
      connection('stays', hello('t9')),
      levels(20),
    ]);
    const seen: unknown[] = [];
    for await (const each of holdfast.follow({ load: (options) => holdfast.products.getLevels('A', options) })) {
      seen.push(each.kind === 'snapshot' ? each.position : each.kind);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual([10n, 20n]);
  });
});
