import { EventEmitter } from 'node:events';
import { IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { jest } from '@jest/globals';
import { Problem } from '@holdfast/platform';
import { cutWhenRefused, mayBeCut, RECHECK_MS } from './long-answers.js';

class FakeResponse extends EventEmitter {
  headersSent = true;
  destroyed = false;
  closed = false;
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

describe('an answer that goes on', () => {
  let response: FakeResponse;
  let asked: number;
  let answer: () => Promise<unknown>;
  beforeEach(() => {
    jest.useFakeTimers();
    response = new FakeResponse();
    asked = 0;
    answer = async () => undefined;
    cutWhenRefused(response as unknown as ServerResponse, () => {
      asked += 1;
      return answer();
    });
  });
  afterEach(() => jest.useRealTimers());
  const refused = (status: number) => async () => {
    throw new Problem(status, 'session_ended', 'The session has ended');
  };

  it.each([401, 403])('is cut once its credential is refused with %i', async (status) => {
    await jest.advanceTimersByTimeAsync(3 * RECHECK_MS);
    expect([asked, response.destroyed]).toEqual([3, false]);
    answer = refused(status);
    await jest.advanceTimersByTimeAsync(RECHECK_MS);
    expect(response.destroyed).toBe(true);
    await jest.advanceTimersByTimeAsync(3 * RECHECK_MS);
    expect(asked).toBe(4);
  });

  it('goes on while nobody can be asked', async () => {
    answer = refused(503);
    await jest.advanceTimersByTimeAsync(RECHECK_MS);
    answer = async () => Promise.reject(new Error('the database is away'));
    await jest.advanceTimersByTimeAsync(RECHECK_MS);
    expect([asked, response.destroyed]).toEqual([2, false]);
  });

  it('is not asked about before it begins, nor twice at once, nor after it ended', async () => {
    response.headersSent = false;
    await jest.advanceTimersByTimeAsync(RECHECK_MS);
    expect(asked).toBe(0);
    response.headersSent = true;
    answer = () => new Promise(() => undefined);
    await jest.advanceTimersByTimeAsync(3 * RECHECK_MS);
    expect(asked).toBe(1);
    response.emit('close');
    await jest.advanceTimersByTimeAsync(3 * RECHECK_MS);
    expect(asked).toBe(1);
  });

  it.each(['closed', 'destroyed'] as const)('is not watched where it was %s before', (how) => {
    response.emit('close');
    const left = new FakeResponse();
    left[how] = true;
    cutWhenRefused(left as unknown as ServerResponse, answer);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('an answer that may be cut', () => {
  it.each([
    ['GET', undefined, true],
    ['POST', undefined, false],
    ['PUT', 'application/json', false],
    ['POST', 'application/json, Text/Event-Stream', true],
  ])('to %s that accepts %s: %s', (method, accept, may) => {
    const request = new IncomingMessage(new Socket());
    request.method = method;
    if (accept !== undefined) request.headers.accept = accept;
    expect(mayBeCut(request)).toBe(may);
  });
});
