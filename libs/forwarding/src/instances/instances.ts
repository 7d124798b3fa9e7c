import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller, Logger } from '@holdfast/platform';
import { Problem } from '@holdfast/platform';
import { Unanswered } from '../upstreams/http-proxy.js';
import { bodyOf } from '../upstreams/request-body.js';
import type { MatchedRoute } from '../route-table.js';
import type { Upstream } from '../upstreams/upstream.js';
import { areChanging, instanceUrls } from './addresses.js';
import { Instance } from './instance.js';
import { chosenFor } from './rendezvous.js';
import { routingKey } from './routing-key.js';
import { Windows } from './window.js';

export interface InstancesOptions {
  readonly service: string;
  readonly urls: readonly string[];
  readonly secret: string;
  readonly bodyLimitBytes: number;
  readonly importLimitBytes: number;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
}

/** Between two lookups of names that stand for several addresses. */
const RESOLVE_EVERY_MS = 2_000;

const unavailable = (cause: unknown): Problem =>
  new Problem(503, 'upstream_unavailable', 'The service behind this route does not answer; send the same request again', {
    headers: { 'retry-after': '1' },
    cause,
  });

/** A service in processes of its own. Requests of one key go to one of them as long as it answers. */
export class Instances implements Upstream {
  readonly remote = true;
  private readonly windows = new Windows();
  private instances: readonly Instance[] = [];
  private readonly ended = new AbortController();
  private readonly found: Promise<void>;
  private turn = 0;

  constructor(private readonly options: InstancesOptions) {
    this.found = areChanging(options.urls) ? this.resolve().then(() => void this.follow()) : Promise.resolve(this.set(options.urls));
  }

  /**
   * Forwards the request to an instance, and to the next one where a repeat is safe. @throws Problem 413, 503 `upstream_unavailable`,
   * `sku_busy`
   */
  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller | undefined,
    { params, takesFile }: Pick<MatchedRoute, 'params' | 'takesFile'>,
  ): Promise<void> {
    if (this.instances.length === 0) await this.found;
    const { bodyLimitBytes, importLimitBytes } = this.options;
    const body = await bodyOf(request, takesFile ? importLimitBytes : bodyLimitBytes);
    const read = Buffer.isBuffer(body) ? body : undefined;
    const key = caller === undefined ? undefined : routingKey({ params, body: read, contentType: request.headers['content-type'] });
    const work = (routed?: string): Promise<void> => this.forward(routed, request, body, response, caller);
    if (key === undefined || caller === undefined) return work();
    const routed = `${caller.tenant}\n${key}`;
    return this.windows.pass(routed, read?.byteLength ?? 0, async () => {
      // A client that left while it waited is not served.
      if (!response.destroyed) await work(routed);
    });
  }

  async read(path: string): Promise<unknown> {
    await this.found;
    let fault: unknown = new Error(`${this.options.service} has no instance`);
    for (const instance of [...this.instances].sort((left, right) => Number(right.alive) - Number(left.alive)))
      try {
        return await instance.proxy.read(path);
      } catch (error) {
        fault = error;
      }
    throw fault;
  }

  async close(): Promise<void> {
    this.ended.abort();
    await Promise.all(this.instances.map((instance) => instance.close()));
  }

  private async forward(
    key: string | undefined,
    request: IncomingMessage,
    body: Awaited<ReturnType<typeof bodyOf>>,
    response: ServerResponse,
    caller: Caller | undefined,
  ): Promise<void> {
    // A stream is gone once it was sent; a request without a key of its own might be carried out twice.
    const isRepeatable = body === undefined || Buffer.isBuffer(body);
    const isIdempotent = request.method === 'GET' || request.method === 'HEAD' || request.headers['idempotency-key'] !== undefined;
    const tried = new Set<Instance>();
    for (let instance = this.choose(key, tried); instance !== undefined; instance = this.choose(key, tried)) {
      try {
        return await instance.proxy.forward(request, body, response, caller);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        instance.failed(error);
        tried.add(instance);
        const mayBeSentAgain = isRepeatable && !error.late && (error.seen === 'never' || isIdempotent);
        if (!mayBeSentAgain || tried.size >= this.instances.length) throw unavailable(error.cause);
      }
    }
    throw unavailable(new Error(`${this.options.service} has no instance`));
  }

  /** Where no instance is known to answer, all are tried: one may have recovered. */
  private choose(key: string | undefined, tried: ReadonlySet<Instance>): Instance | undefined {
    const left = this.instances.filter((instance) => !tried.has(instance));
    const alive = left.filter((instance) => instance.alive);
    const candidates = alive.length > 0 ? alive : left;
    if (key !== undefined) return chosenFor(key, candidates);
    this.turn += 1;
    return candidates[this.turn % candidates.length];
  }

  private set(urls: readonly string[]): void {
    const { secret, logger, service } = this.options;
    const known = new Map(this.instances.map((instance) => [instance.name, instance]));
    this.instances = urls.map(
      (url) =>
        known.get(url) ??
        new Instance(url, secret, ({ name, alive }) => {
          logger[alive ? 'info' : 'warn'](
            { upstream: service, instance: name },
            alive ? 'an instance answers again' : 'an instance does not answer',
          );
        }),
    );
    if (urls.length > 1) for (const instance of this.instances) if (!known.has(instance.name) || known.size === 1) instance.watch();
    for (const [name, instance] of known) if (!urls.includes(name)) void instance.retire();
  }

  /** A name that cannot be resolved right now changes nothing. */
  private async resolve(): Promise<void> {
    try {
      const urls = await instanceUrls(this.options.urls);
      if (!this.ended.signal.aborted) this.set(urls);
    } catch (err) {
      this.options.logger.warn({ upstream: this.options.service, err }, 'the instances of a service cannot be looked up');
    }
  }

  private async follow(): Promise<void> {
    while (!this.ended.signal.aborted) {
      await sleep(RESOLVE_EVERY_MS, undefined, { ref: false, signal: this.ended.signal }).catch(() => undefined);
      if (!this.ended.signal.aborted) await this.resolve();
    }
  }
}
