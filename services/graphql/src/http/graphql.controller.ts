import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBadRequestResponse, ApiBody, ApiOkResponse, ApiOperation, ApiProduces, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerPosition, callerOf, MIN_POSITION_HEADER, NeedsCaller, Repeats } from '@holdfast/platform';
import { ServiceCalls } from '@holdfast/forwarding';
import { RequestContext } from '../resolvers/context.js';
import { Rest } from '../rest/rest.js';
import { SubscriptionAnswers } from '../subscriptions/subscription-answers.js';
import { GraphqlAnswers } from './answers.js';
import { GraphqlAnswer, GraphqlRequest } from './graphql.dto.js';
import { ANSWER_TYPES, answerTypeOf, operationOf } from './request.js';

/** Of the request, sent on with each call. */
const FORWARDED = ['traceparent', MIN_POSITION_HEADER] as const;

@ApiTags('GraphQL')
@Controller('graphql')
export class GraphqlController {
  constructor(
    private readonly calls: ServiceCalls,
    private readonly answers: GraphqlAnswers,
    private readonly subscriptions: SubscriptionAnswers,
  ) {}

  @Post()
  @HttpCode(200)
  @NeedsCaller()
  @Repeats('none')
  @ApiOperation({
    operationId: 'graphql.execute',
    summary: 'Run a GraphQL operation',
    description:
      'Each field needs the permission of the REST route that it calls. Mutations take an idempotencyKey in their input. Subscriptions answer server-sent events. The schema: docs/reference/schema.graphql.',
  })
  @ApiBody({ type: GraphqlRequest })
  @ApiProduces(...ANSWER_TYPES)
  @ApiOkResponse({ type: GraphqlAnswer })
  @ApiBadRequestResponse({
    description: 'The operation is refused before any of it runs; or validation_failed, batching_not_supported: the body is no operation',
    content: {
      'application/graphql-response+json': { schema: { $ref: getSchemaPath(GraphqlAnswer) } },
      'application/json': { schema: { $ref: '#/components/schemas/Problem' } },
    },
  })
  async execute(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const operation = operationOf(body);
    const type = answerTypeOf(request.headers.accept);
    const rest = new Rest(this.calls, { caller: callerOf(request), requestId: request.id, headers: forwarded(request) });
    const lastEventId = request.headers['last-event-id'];
    const context = new RequestContext(rest, typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : undefined);
    if (type === 'text/event-stream') return this.subscriptions.answer(operation, context, request, reply);
    const { status, result } = await this.answers.of(operation, context, request.id);
    if (rest.position !== undefined) answerPosition(reply, rest.position);
    await reply
      .status(type === 'application/json' ? 200 : status)
      .header('content-type', `${type}; charset=utf-8`)
      .send(JSON.stringify(result));
  }
}

const forwarded = ({ headers }: FastifyRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(FORWARDED.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])));
