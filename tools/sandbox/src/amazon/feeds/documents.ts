import { gzipSync } from 'node:zlib';
import type { VendorAnswer, VendorCall, VendorRoute } from '../../http/vendor-call.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { AmazonIds } from '../ids.js';

interface StoredDocument {
  readonly id: string;
  readonly contentType: string;
  readonly compressed: boolean;
  content: Buffer | undefined;
}

interface Grant {
  readonly documentId: string;
  readonly expiresAt: number;
}

/** Life of a presigned URL. */
const URL_LIFE_MS = 5 * 60_000;
const FOLDER = '/feed-documents';

/** Contents of feeds and their reports, put and fetched by presigned URLs that live for five minutes. */
export class FeedDocuments {
  private readonly documents = new Map<string, StoredDocument>();
  private readonly grants = new Map<string, Grant>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly ids: AmazonIds,
    private readonly base: () => string,
  ) {}

  create(contentType: string): { readonly id: string; readonly url: string } {
    const id = `amzn1.tortuga.4.eu.${this.ids.uuid()}`;
    this.documents.set(id, { id, contentType, compressed: false, content: undefined });
    return { id, url: this.grant(id) };
  }

  /** Keeps a report. @returns its document id */
  keep(text: string, compressed: boolean): string {
    const id = `amzn1.tortuga.4.eu.${this.ids.uuid()}`;
    const content = compressed ? gzipSync(text) : Buffer.from(text);
    this.documents.set(id, { id, contentType: 'application/json', compressed, content });
    return id;
  }

  find(id: string): StoredDocument | undefined {
    return this.documents.get(id);
  }

  /** A new URL for the document, good for five minutes. */
  grant(documentId: string): string {
    const signature = this.ids.uuid();
    this.grants.set(signature, { documentId, expiresAt: this.clock.now() + URL_LIFE_MS });
    return `${this.base()}${FOLDER}/${encodeURIComponent(documentId)}?X-Amz-Expires=300&X-Amz-Signature=${signature}`;
  }

  routes(): readonly VendorRoute[] {
    const path = `${FOLDER}/:documentId`;
    return [
      { method: 'PUT', path, operation: 'uploadDocument', handle: (call) => this.upload(call) },
      { method: 'GET', path, operation: 'downloadDocument', handle: (call) => this.download(call) },
    ];
  }

  private upload(call: VendorCall): VendorAnswer {
    const document = this.granted(call);
    if (document === undefined) return denied('AccessDenied');
    if (call.headers['x-amz-access-token'] !== undefined) return denied('AccessDenied');
    // The content type is part of what was signed.
    if (call.headers['content-type'] !== document.contentType) return denied('SignatureDoesNotMatch');
    document.content = call.body;
    return { status: 200 };
  }

  private download(call: VendorCall): VendorAnswer {
    const document = this.granted(call);
    if (document?.content === undefined) return denied('AccessDenied');
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: document.content };
  }

  private granted({ params, query }: VendorCall): StoredDocument | undefined {
    const grant = this.grants.get(query.get('X-Amz-Signature') ?? '');
    if (grant === undefined || grant.documentId !== params['documentId'] || grant.expiresAt <= this.clock.now()) return undefined;
    return this.documents.get(grant.documentId);
  }
}

const denied = (code: string): VendorAnswer => ({
  status: 403,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`),
});
