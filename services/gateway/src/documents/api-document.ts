import type { Upstream } from '@holdfast/forwarding';
import { isRecord } from '@holdfast/platform';
import type { Logger, PerService } from '@holdfast/platform';
import type { Json, ServiceDocument } from './merge.js';
import { mergeDocuments } from './merge.js';

const BASE: Json = {
  openapi: '3.1.0',
  info: {
    title: 'Holdfast',
    version: '1',
    summary: 'One truth of stock across ERPs, warehouses and sales channels',
    description:
      'Send an API key (`hf_…`) or a JWT as `Authorization: Bearer …`, or a key as `X-API-Key`. Writes take an `Idempotency-Key`. ' +
      'Every error has one shape: `error`, `code`, `details`, `requestId`; ask for `application/problem+json` to get RFC 9457.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
};

/** The one document of those of all services, the gateway's own last. */
export const documentOfAll = (documents: readonly ServiceDocument[]): Json => mergeDocuments(BASE, documents);

const COMPLETE_MS = 60_000;
const PARTIAL_MS = 2_000;

/** The one OpenAPI document of all services. A service that does not answer is left out until it does. */
export class ApiDocument {
  private cached: { readonly text: string; readonly until: number } | undefined;
  private making: Promise<string> | undefined;

  /**
   * @param own reads the gateway's own document
   * @param now milliseconds of any clock
   */
  constructor(
    private readonly upstreams: PerService<Upstream>,
    private readonly own: () => object,
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {}

  /** JSON text. */
  async read(): Promise<string> {
    if (this.cached !== undefined && this.cached.until > this.now()) return this.cached.text;
    this.making ??= this.make().finally(() => {
      this.making = undefined;
    });
    return this.making;
  }

  private async make(): Promise<string> {
    const found = await Promise.all(Object.entries(this.upstreams).map(([service, upstream]) => this.of(service, upstream)));
    const documents = found.filter((each) => each !== undefined);
    const gateway: ServiceDocument = { service: 'gateway', document: { ...this.own() } };
    const text = JSON.stringify(documentOfAll([...documents, gateway]));
    this.cached = { text, until: this.now() + (documents.length === found.length ? COMPLETE_MS : PARTIAL_MS) };
    return text;
  }

  private async of(service: string, upstream: Upstream): Promise<ServiceDocument | undefined> {
    try {
      const document = await upstream.read('/openapi.json');
      return isRecord(document) ? { service, document: { ...document } } : undefined;
    } catch (error) {
      this.logger.warn({ err: error, upstream: service }, 'its OpenAPI document cannot be read');
      return undefined;
    }
  }
}
