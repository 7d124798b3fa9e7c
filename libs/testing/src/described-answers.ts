import { documentValidator } from '@holdfast/contracts';
import { fetchBrieflyKept } from './fetch-briefly-kept.js';

type Json = Readonly<Record<string, unknown>>;

interface GivenAnswer {
  readonly method: string;
  /** With or without a query. */
  readonly path: string;
  readonly status: number;
  /** Read only where it is looked at. */
  readonly body: () => Promise<unknown>;
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const asJson = (value: unknown): Json => (isJson(value) ? value : {});
const pointer = (...parts: readonly string[]): string =>
  `#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

/** An object that names its fields has no others: what the document does not tell, a client made from it would lose. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (!isJson(value)) return value;
  const schema = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]));
  return schema['type'] === 'object' && isJson(schema['properties']) ? { additionalProperties: false, ...schema } : schema;
}

/** Of one route and status: specs that ask ten thousand times learn nothing more from the rest. */
const CHECKED_OF_A_KIND = 100;

/** Holds answers against an OpenAPI document. */
export class DescribedAnswers {
  private readonly counts = new Map<string, number>();
  private readonly faults: ReturnType<typeof documentValidator>;
  private readonly routes: readonly { readonly path: string; readonly pattern: RegExp; readonly item: Json }[];

  constructor(document: Json) {
    this.faults = documentValidator(closed(document) as object);
    this.routes = Object.entries(asJson(document['paths']))
      .map(([path, item]) => ({ path, pattern: patternOf(path), item: asJson(item) }))
      // What has fewer parameters is meant first.
      .sort((one, other) => one.path.split('{').length - other.path.split('{').length);
  }

  /** What is not as the document says; empty also for a route that it does not describe, and for what was looked at often enough. */
  async faultsOf({ method, path, status, body }: GivenAnswer): Promise<readonly string[]> {
    const bare = path.replace(/\?.*$/s, '');
    const verb = method.toLowerCase();
    const route = this.routes.find(({ pattern, item }) => item[verb] !== undefined && pattern.test(bare));
    if (route === undefined) return [];
    const responses = asJson(asJson(route.item[verb])['responses']);
    const known = responses[String(status)] === undefined ? 'default' : String(status);
    if (known === 'default' && status < 400) return [`${status} is not among ${Object.keys(responses).join(', ')}`];
    const response = asJson(responses[known]);
    const where = typeof response['$ref'] === 'string' ? response['$ref'] : pointer('paths', route.path, verb, 'responses', known);
    const count = (this.counts.get(where) ?? 0) + 1;
    this.counts.set(where, count);
    return count > CHECKED_OF_A_KIND ? [] : this.faults(`${where}/content/application~1json/schema`, await body());
  }
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);

const documents = new Map<string, Promise<DescribedAnswers | undefined>>();

async function describedBy(base: string): Promise<DescribedAnswers | undefined> {
  const response = await fetchBrieflyKept(`${base}/openapi.json`);
  return response.ok ? new DescribedAnswers((await response.json()) as Json) : undefined;
}

/**
 * `fetch` for the clients of specs: holds each JSON answer against the document of the server that gave it. A server that cannot be asked
 * for it is asked again with its next answer.
 * @throws Error that names what the document says otherwise
 */
export async function fetchDescribed(base: string, path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetchBrieflyKept(`${base}${path}`, init);
  const { status, headers } = response;
  if (status >= 500 || headers.get('content-type')?.startsWith('application/json') !== true) return response;
  const asked = documents.get(base) ?? describedBy(base).catch(() => undefined);
  documents.set(base, asked);
  const described = await asked;
  if (described === undefined) documents.delete(base);
  const method = init.method ?? 'GET';
  const faults = (await described?.faultsOf({ method, path, status, body: () => response.clone().json() })) ?? [];
  if (faults.length === 0) return response;
  throw new Error(
    `${method} ${path}: ${status} is not as the OpenAPI document says: ${faults.join('; ')}\n${(await response.text()).slice(0, 1_000)}`,
  );
}
