import { EventStream, Problem } from '@holdfast/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Engine, Operation } from '../engine/engine.js';
import { OperationRefused } from '../engine/operation-refused.js';
import type { GraphqlAnswers } from '../http/answers.js';
import type { RequestContext } from '../resolvers/context.js';

/** Each costs a connection, and a reader of the live stream. */
const MAX_SUBSCRIPTIONS = 200;

/**
 * Answers a subscription with server-sent events, one connection each, in the protocol of graphql-sse (`next` with a result). None is ever
 * `complete`: a stream that ends was interrupted, and its reader comes again. Each event's id is the token to go on after it.
 */
export class SubscriptionAnswers {
  private readonly open = new Set<RequestContext>();

  constructor(
    private readonly engine: Engine,
    private readonly answers: GraphqlAnswers,
    private readonly most: number = MAX_SUBSCRIPTIONS,
  ) {}

  /** @throws Problem 503 `too_many_subscriptions` */
  async answer(operation: Operation, context: RequestContext, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.open.size >= this.most)
      throw new Problem(503, 'too_many_subscriptions', 'Too many subscriptions are open', { headers: { 'retry-after': '5' } });
    const results = await this.started(operation, context, request.id, reply);
    if (results === undefined) return;
    this.open.add(context);
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
    reply.hijack();
    const stream = new EventStream(reply.raw);
    stream.begin();
    stream.onClose(() => context.end());
    try {
      for await (const result of results) {
        const data = JSON.stringify(this.answers.written(result, request.id));
        stream.send([{ event: 'next', data, ...(context.token === undefined ? {} : { id: context.token }) }]);
        await stream.drained();
      }
    } catch {
      // What it follows has ended, or its reader has left. A reader comes again with the last id.
    } finally {
      this.open.delete(context);
      context.end();
      stream.end();
    }
  }

  /** Ends all, so that the process can stop. */
  stop(): void {
    for (const context of this.open) context.end();
  }

  /** Undefined where it was refused, which is answered then. */
  private async started(operation: Operation, context: RequestContext, requestId: string, reply: FastifyReply) {
    try {
      return await this.engine.subscribe(operation, context);
    } catch (error) {
      if (!(error instanceof OperationRefused)) throw error;
      const body = { errors: this.answers.errors(error.errors, requestId) };
      await reply.status(400).header('content-type', 'application/graphql-response+json; charset=utf-8').send(JSON.stringify(body));
      return undefined;
    }
  }
}
