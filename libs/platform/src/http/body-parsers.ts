import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { findTextFault, inSlices } from '@holdfast/kit';
import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problemOfFaults } from '../input/validation.pipe.js';
import { Problem } from '../problems/problem.js';
import { unsupportedMediaType } from '../problems/to-problem.js';
import { bytesOf, fileOfBody, fileOfForm } from './file-body.js';
import { findBoundsFault } from './json-bounds.js';

interface BodyConfig {
  readonly takes?: 'csv' | 'file' | 'lines' | 'raw';
}

const takes = (what: NonNullable<BodyConfig['takes']>): MethodDecorator => RouteConfig({ takes: what } satisfies BodyConfig);

/** A route that imports CSV: it takes `text/csv` and `text/plain`, which others refuse, up to the limit of bulk bodies. */
export const TakesCsv = (): MethodDecorator => applyDecorators(takes('csv'), ApiConsumes('text/csv'));

/** A route that is given a CSV file piece by piece, as its body or in a form, up to the limit of imports; see `FileBody`. */
export const TakesFile = (): MethodDecorator => applyDecorators(takes('file'), ApiConsumes('text/csv', 'multipart/form-data'));

/** A route that takes up to 10,000 lines: its body may be as large as bulk bodies may be. */
export const TakesLines = (): MethodDecorator => takes('lines');

/** A route that is given the bytes of its body as they came, of whatever type: a signature is of these bytes. */
export const TakesRaw = (): MethodDecorator => takes('raw');

const takenBy = (request: FastifyRequest): BodyConfig['takes'] => (request.routeOptions.config as BodyConfig).takes;

const isRaw = (request: FastifyRequest): boolean => takenBy(request) === 'raw';

/** Longest body of a route that takes neither lines nor CSV. */
const PLAIN_BODY_BYTES = 1_048_576;

export interface BodyLimits {
  /** Longest body with lines or CSV. */
  readonly bodyLimitBytes: number;
  /** Longest file of an import. */
  readonly importLimitBytes: number;
}

/** Sets how long the body of each route may be. Call it before routes are added. */
export function limitBodies(instance: FastifyInstance, { bodyLimitBytes, importLimitBytes }: BodyLimits): void {
  const limitOf = (bulk: BodyConfig['takes']): number => {
    if (bulk === 'file') return importLimitBytes;
    return bulk === undefined || bulk === 'raw' ? Math.min(PLAIN_BODY_BYTES, bodyLimitBytes) : bodyLimitBytes;
  };
  instance.addHook('onRoute', (route) => {
    route.bodyLimit = limitOf(((route.config ?? {}) as BodyConfig).takes);
  });
}

/** Escapes in a JSON text that may make NUL or half of a surrogate pair; without them no text of it can hold either. */
const SUSPICIOUS = /\\u(?:0000|[dD][89a-fA-F])/;

type Parsed = (error: Error | null, value?: unknown) => void;

/**
 * Reads JSON in steps: none of them is long, but for the parser's own.
 * @param parse calls back before it returns
 * @throws Problem 400 `malformed_json`, `body_too_complex`, `validation_failed`; what the parser says
 */
export function* readJson(body: Buffer, parse: (text: string, parsed: Parsed) => void): Generator<undefined, unknown> {
  if (!isUtf8(body)) throw new Problem(400, 'malformed_json', 'The request body is not UTF-8');
  const fault = yield* findBoundsFault(body);
  if (fault !== undefined) throw new Problem(400, 'body_too_complex', fault.message, { details: [{ field: 'body', ...fault }] });
  const text = body.toString('utf8');
  yield;
  const read = parsed(text, parse);
  yield;
  const textFault = SUSPICIOUS.test(text) ? yield* findTextFault(read) : undefined;
  if (textFault !== undefined) throw problemOfFaults({ faults: [textFault], code: 'validation_failed' }, 'body');
  return read;
}

function parsed(text: string, parse: (text: string, parsed: Parsed) => void): unknown {
  let read: unknown;
  let malformed: Error | null = null;
  parse(text, (error, value) => {
    malformed = error;
    read = value;
  });
  if (malformed !== null) throw malformed as Error;
  return read;
}

/**
 * JSON within its bounds (an empty body counts as none, as clients send the header without one), and CSV as bytes where a route takes it, which
 * finds the encoding. Nothing else is taken, but by a route that takes bytes.
 */
export function addBodyParsers(instance: FastifyInstance): void {
  const parseJson = instance.getDefaultJsonParser('error', 'error');
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isRaw(request)) return done(null, body);
    if (body.length === 0) return done(null, undefined);
    try {
      const read = inSlices(readJson(body, (text, then) => void parseJson(request, text, then)));
      if (!(read instanceof Promise)) return done(null, read);
      read.then(
        (value) => done(null, value),
        (error: unknown) => done(error as Error),
      );
    } catch (error) {
      done(error as Error);
    }
  });
  instance.addContentTypeParser(['text/csv', 'text/plain'], async (request: FastifyRequest, body: Readable) => {
    const { bodyLimit } = request.routeOptions;
    const bulk = takenBy(request);
    if (bulk === 'file') return fileOfBody(request, body, bodyLimit);
    const bytes = await bytesOf(request, body, bodyLimit);
    if (bulk === 'csv' || bulk === 'raw') return bytes;
    throw unsupportedMediaType();
  });
  instance.addContentTypeParser('multipart/form-data', async (request: FastifyRequest, body: Readable) => {
    const { bodyLimit } = request.routeOptions;
    if (takenBy(request) === 'file') return fileOfForm(request, body, bodyLimit);
    const bytes = await bytesOf(request, body, bodyLimit);
    if (isRaw(request)) return bytes;
    throw unsupportedMediaType();
  });
  instance.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, body, done) => {
    done(isRaw(request) ? null : unsupportedMediaType(), body);
  });
}
