import { EventEmitter } from 'node:events';
import { createLogger } from '@holdfast/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../engine/engine.js';
import { GraphqlAnswers } from '../http/answers.js';
import { RequestContext } from '../resolvers/context.js';
import type { Rest } from '../rest/rest.js';
import { SubscriptionAnswers } from './subscription-answers.js';

class FakeResponse extends EventEmitter {
  readonly writes: string[] = [];
  writableEnded = false;
  writableNeedDrain = false;
  setHeader = (): void => undefined;
  writeHead = (): void => undefined;
  getHeaders = (): object => ({});
  write = (text: string): void => void this.writes.push(text);
  end = (): void => void (this.writableEnded = true);
}

/** A subscription that answers once, and then waits until it is ended. */
const engine = {
  subscribe: async (_: unknown, context: RequestContext) =>
    (async function* () {
      context.token = 't1';
      yield { data: { a: 1 } };
      await new Promise<void>((resolve) => context.onEnd(resolve));
    })(),
} as unknown as Engine;

const request = { id: 'r1' } as FastifyRequest;
const operation = { query: '', variables: {}, operationName: undefined };

describe('subscriptions', () => {
  const answers = new GraphqlAnswers(engine, createLogger({ logLevel: 'silent' }, 'test'));
  const open = (subscriptions: SubscriptionAnswers) => {
    const raw = new FakeResponse();
    const reply = { raw, hijack: () => undefined, getHeaders: () => ({}) } as unknown as FastifyReply;
    return { raw, done: subscriptions.answer(operation, new RequestContext({} as Rest), request, reply) };
  };

  it('are as many as there may be, and one more once one has left', async () => {
    const subscriptions = new SubscriptionAnswers(engine, answers, 1);
    const first = open(subscriptions);
    await new Promise(setImmediate);
    await expect(open(subscriptions).done).rejects.toMatchObject({ status: 503, code: 'too_many_subscriptions' });
    first.raw.emit('close');
    await first.done;
    const second = open(subscriptions);
    await new Promise(setImmediate);
    expect(second.raw.writes.join('')).toContain('id: t1\nevent: next\ndata: {"data":{"a":1}}\n\n');
    subscriptions.stop();
    await second.done;
    expect([second.raw.writableEnded, second.raw.writes.join('').includes('complete')]).toEqual([true, false]);
  });
});
