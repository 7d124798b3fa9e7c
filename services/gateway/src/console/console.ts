import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BuiltFile } from './built-files.js';
import { readBuiltFiles } from './built-files.js';

/** Below it lie the files and the addresses of the console, so that none of them can hide a path of the API. */
const BELOW = '/app';
const PAGE = 'index.html';
/** Stands in the built page where the nonce of an answer belongs. */
const NONCE = '__NONCE__';
const IMMUTABLE = /^assets\//;

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // For the two style elements that React Aria makes.
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

/** The built console, served from memory. */
export class Console {
  private readonly page: string;

  private constructor(private readonly files: ReadonlyMap<string, BuiltFile>) {
    this.page = files.get(PAGE)?.plain.toString('utf8') ?? '';
  }

  /** Undefined where it was not built. */
  static open(folder = builtFolder()): Console | undefined {
    const files = readBuiltFiles(folder);
    return files.has(PAGE) ? new Console(files) : undefined;
  }

  /** Answers a file, or the page for an address of the console. @returns false where the request is for neither */
  serve(request: IncomingMessage, response: ServerResponse): boolean {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (!isRead(request) || (path !== '/' && path !== BELOW && !path.startsWith(`${BELOW}/`))) return false;
    const name = path.slice(BELOW.length + 1);
    const file = name === PAGE ? undefined : this.files.get(name);
    if (file !== undefined) answerFile(request, response, file, IMMUTABLE.test(name));
    else if (request.headers.accept?.includes('text/html') === true) this.answerPage(request, response);
    else return false;
    return true;
  }

  /** The page then shows what its address names. */
  private answerPage(request: IncomingMessage, response: ServerResponse): void {
    const nonce = randomBytes(18).toString('base64');
    const headers = { ...HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', vary: 'accept' };
    response.writeHead(200, { ...headers, 'content-security-policy': policy(nonce) });
    response.end(request.method === 'HEAD' ? '' : this.page.replaceAll(NONCE, nonce));
  }
}

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

function answerFile(request: IncomingMessage, response: ServerResponse, file: BuiltFile, immutable: boolean): void {
  const headers = {
    ...HEADERS,
    'content-type': file.type,
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
  };
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  const [encoding, body] = encodedFor(String(request.headers['accept-encoding'] ?? ''), file);
  const encoded = encoding === undefined ? {} : { 'content-encoding': encoding };
  response.writeHead(200, { ...headers, ...encoded, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function encodedFor(accepted: string, { br, gzip, plain }: BuiltFile): readonly [encoding: 'br' | 'gzip' | undefined, body: Buffer] {
  if (br !== undefined && /\bbr\b/.test(accepted)) return ['br', br];
  if (gzip !== undefined && /\bgzip\b/.test(accepted)) return ['gzip', gzip];
  return [undefined, plain];
}

const builtFolder = (): string => join(dirname(createRequire(import.meta.url).resolve('@holdfast/console/package.json')), 'dist');
