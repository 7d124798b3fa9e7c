import {
  execute,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { isRecord, jsonOf, type VendorAnswer, type VendorCall } from '../../http/vendor-call.js';
import { callFault } from '../../http/vendor-server.js';
import type { AdminContext } from './admin-context.js';
import type { CostBucket } from './bucket.js';
import { costOf, MAX_QUERY_COST } from './cost.js';
import { brokenRules } from './request-rules.js';

export interface EndpointOptions {
  readonly schema: GraphQLSchema;
  readonly bucket: CostBucket;
  readonly rootFields: Readonly<Record<string, unknown>>;
  readonly accepts: (token: string | string[] | undefined) => boolean;
  readonly violation: (text: string) => void;
}

type Variables = Readonly<Record<string, unknown>>;

/** The name of the first root field: what a call of the one endpoint is about. */
export function operationOf(call: VendorCall): string {
  const body = jsonOf(call);
  const query = isRecord(body) && typeof body['query'] === 'string' ? body['query'] : '';
  return /^[^{]*(?:\{)\s*(?:\w+\s*:\s*)?(\w+)/.exec(query)?.[1] ?? 'graphql';
}

/** Answers queries at `/admin/api/{version}/graphql.json`: token, schema, rules of the request, cost, then the query itself. */
export class Endpoint {
  private readonly parsed = new Map<string, DocumentNode | readonly GraphQLError[]>();

  constructor(private readonly options: EndpointOptions) {}

  async answer(call: VendorCall): Promise<VendorAnswer> {
    if (!this.options.accepts(call.headers['x-shopify-access-token']))
      return { status: 401, body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' } };
    const body = jsonOf(call);
    if (!isRecord(body) || typeof body['query'] !== 'string') {
      this.options.violation('a GraphQL request has no query');
      return { status: 400, body: { errors: { query: 'Required parameter missing or invalid' } } };
    }
    const variables: Variables = isRecord(body['variables']) ? body['variables'] : {};
    const document = this.documentOf(body['query']);
    if ('length' in document) return this.refused(document);
    const operation = getOperationAST(document, typeof body['operationName'] === 'string' ? body['operationName'] : null);
    if (!operation) return this.refused([new GraphQLError('No operation of that name')]);
    const coerced = getVariableValues(this.options.schema, operation.variableDefinitions ?? [], variables);
    if (coerced.errors !== undefined) return this.refused(coerced.errors, 'INVALID_VARIABLE');
    const broken = brokenRules(operation, variables);
    if (broken.length > 0) return this.refused(broken);
    return this.paid(call, document, operation, coerced.coerced, variables);
  }

  private async paid(
    call: VendorCall,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    coerced: Variables,
    raw: Variables,
  ): Promise<VendorAnswer> {
    const { schema, bucket, rootFields } = this.options;
    const requestedQueryCost = costOf(schema, document, operation, coerced);
    if (requestedQueryCost > MAX_QUERY_COST) {
      const message = `Query cost is ${String(requestedQueryCost)}, which exceeds the single query max cost limit (${String(MAX_QUERY_COST)}).`;
      const extensions = { code: 'MAX_COST_EXCEEDED', cost: requestedQueryCost, maxCost: MAX_QUERY_COST };
      return this.refused([new GraphQLError(message, { extensions })]);
    }
    if (!bucket.take(requestedQueryCost)) return throttled(bucket, requestedQueryCost);
    const context: AdminContext = { fault: callFault(call), variables: raw };
    const result: ExecutionResult = await execute({
      schema,
      document,
      rootValue: rootFields,
      contextValue: context,
      variableValues: raw,
      operationName: operation.name?.value ?? null,
    });
    const actualQueryCost = Math.min(requestedQueryCost, costOf(schema, document, operation, coerced, result.data ?? null));
    bucket.giveBack(requestedQueryCost - actualQueryCost);
    const cost = { requestedQueryCost, actualQueryCost, throttleStatus: bucket.status() };
    return { status: 200, body: { ...result, extensions: { cost } } };
  }

  private documentOf(query: string): DocumentNode | readonly GraphQLError[] {
    const known = this.parsed.get(query);
    if (known !== undefined) return known;
    let made: DocumentNode | readonly GraphQLError[];
    try {
      const document = parse(query);
      const faults = validate(this.options.schema, document);
      made = faults.length === 0 ? document : faults;
    } catch (error) {
      made = [error instanceof GraphQLError ? error : new GraphQLError(String(error))];
    }
    if (this.parsed.size < 1_000) this.parsed.set(query, made);
    return made;
  }

  private refused(errors: readonly GraphQLError[], code?: string): VendorAnswer {
    for (const { message } of errors) this.options.violation(message);
    const withCode = errors.map((error) => ({
      ...error.toJSON(),
      extensions: { ...(code === undefined ? {} : { code }), ...error.extensions },
    }));
    return { status: 200, body: { errors: withCode } };
  }
}

/** Refused for want of points, or as a planned fault. The status is 200. */
export function throttled(bucket: CostBucket, requestedQueryCost: number): VendorAnswer {
  return {
    status: 200,
    throttled: true,
    body: {
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' } }],
      extensions: { cost: { requestedQueryCost, actualQueryCost: null, throttleStatus: bucket.status() } },
    },
  };
}
