import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { X_IDEMPOTENCY, type Repeat } from '../idempotency/idempotent.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const PROBLEM = { $ref: '#/components/responses/Problem' } as const;

const problemSchema = {
  type: 'object',
  description: 'The one error shape. With `Accept: application/problem+json` it carries the members of RFC 9457 too.',
  required: ['error', 'code', 'details', 'requestId'],
  properties: {
    error: { type: 'string', description: 'One sentence for people; with 401 and 500 the name of the status' },
    message: { type: 'string', description: 'The sentence, where error is the name of the status' },
    code: { type: 'string', description: 'Stable; for programs', example: 'validation_failed' },
    details: { type: 'array', items: { type: 'object' }, description: 'One entry per fault, or the figures of a refusal' },
    requestId: { type: 'string' },
  },
};

const problemResponse = {
  description: 'Refused; `code` says why',
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Problem' } },
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  },
};

/** OpenAPI 3.1 of one service, made from its controllers when first asked for. */
export class OpenApiDocument {
  private document: OpenAPIObject | undefined;
  private app: INestApplication | undefined;

  constructor(private readonly service: string) {}

  describe(app: INestApplication): void {
    this.app = app;
  }

  read(): OpenAPIObject {
    if (this.app === undefined) throw new Error('the application is not made yet');
    this.document ??= describeService(this.app, this.service);
    return this.document;
  }
}

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** The fields of the answer of an operation. */
function answerFields(operation: OperationObject, schemas: Readonly<Record<string, SchemaObject>>): Readonly<Record<string, object>> {
  for (const [status, response] of Object.entries(operation.responses)) {
    if (!status.startsWith('2') || response === undefined || !('content' in response)) continue;
    const given = response.content?.['application/json']?.schema;
    const schema = given !== undefined && '$ref' in given ? schemas[given.$ref.split('/').at(-1) ?? ''] : given;
    if (schema !== undefined && 'properties' in schema) return schema.properties ?? {};
  }
  return {};
}

/** What a paged operation says of its pages: their rows stand in the answer's first array, and `limit` is at most so many. */
function pagesOf(operation: OperationObject, schemas: Readonly<Record<string, SchemaObject>>): object | undefined {
  const fields = answerFields(operation, schemas);
  if (!('pagination' in fields || 'nextCursor' in fields)) return undefined;
  const list = Object.entries(fields).find(([, field]) => 'type' in field && field.type === 'array')?.[0];
  const limit = operation.parameters?.find((parameter) => 'in' in parameter && parameter.in === 'query' && parameter.name === 'limit');
  const schema = limit !== undefined && 'schema' in limit ? limit.schema : undefined;
  return { list, maxSize: schema !== undefined && 'maximum' in schema ? schema.maximum : undefined };
}

/**
 * Adds what follows from the route itself. Every refusal has one shape; a route that accepts a bearer token also accepts a key in its own
 * header; the bounds of pages are those by which the query is checked; PUT and DELETE without an `Idempotency-Key` are safe to repeat.
 */
function describeOperation(
  operation: OperationObject,
  method: (typeof METHODS)[number],
  schemas: Readonly<Record<string, SchemaObject>>,
): void {
  const extensions = operation as unknown as Record<string, unknown>;
  const pages = pagesOf(operation, schemas);
  if (pages !== undefined) extensions['x-page'] = pages;
  if (method === 'put' || method === 'delete') extensions[X_IDEMPOTENCY] ??= 'natural' satisfies Repeat;
  for (const [status, response] of Object.entries(operation.responses))
    if (/^[45]/.test(status) && response !== undefined && !('$ref' in response)) response.content ??= problemResponse.content;
  operation.responses = { ...operation.responses, default: PROBLEM };
  if (operation.security !== undefined) operation.security = [...operation.security, { apiKey: [] }];
}

function describeService(app: INestApplication, service: string): OpenAPIObject {
  const base = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`Holdfast ${service}`)
    .setVersion('1')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key (`hf_…`)' }, 'apiKey')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key (`hf_…`) or a JWT' }, 'bearer')
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    operationIdFactory: (controller, method) => `${controller}_${method}`,
    // Routes name their own tag; the name of a class must not stand beside it.
    autoTagControllers: false,
  });
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method];
      if (operation !== undefined) describeOperation(operation, method, document.components?.schemas ?? {});
    }
  const components = document.components ?? {};
  document.components = {
    ...components,
    schemas: { ...components.schemas, Problem: problemSchema },
    responses: { ...components.responses, Problem: problemResponse },
  };
  return document;
}
