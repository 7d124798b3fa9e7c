import { isUtf8 } from 'node:buffer';
import { textFaultIn } from '@holdfast/kit';
import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { problemOfFaults } from '../input/validation.pipe.js';
import { Problem } from '../problems/problem.js';
import { unsupportedMediaType } from '../problems/to-problem.js';
import { boundsFault } from './json-bounds.js';

interface BodyConfig {
  readonly takes?: 'csv';
}

/** A route that imports CSV: it takes `text/csv` and `text/plain`, which others refuse. */
export const TakesCsv = (): MethodDecorator => applyDecorators(RouteConfig({ takes: 'csv' } satisfies BodyConfig), ApiConsumes('text/csv'));

/** Escapes in a JSON text that may make NUL or half of a surrogate pair; without them no text of it can hold either. */
const SUSPICIOUS = /\\u(?:0000|[dD][89a-fA-F])/;

function boundedText(body: Buffer): string {
  if (!isUtf8(body)) throw new Problem(400, 'malformed_json', 'The request body is not UTF-8');
  const text = body.toString('utf8');
  const fault = boundsFault(text);
  if (fault !== undefined) throw new Problem(400, 'body_too_complex', fault.message, { details: [{ field: 'body', ...fault }] });
  return text;
}

type Parsed = (error: Error | null, value?: unknown) => void;

/** @param parse calls back before it returns */
function readJson(text: string, parse: (text: string, parsed: Parsed) => void): unknown {
  let read: unknown;
  let malformed: Error | null = null;
  parse(text, (error, value) => {
    malformed = error;
    read = value;
  });
  if (malformed !== null) throw malformed as Error;
  const fault = SUSPICIOUS.test(text) ? textFaultIn(read) : undefined;
  if (fault !== undefined) throw problemOfFaults({ faults: [fault], code: 'validation_failed' }, 'body');
  return read;
}

/**
 * JSON within its bounds (an empty body counts as none, as clients send the header without one), and CSV as bytes where a route takes it, which
 * finds the encoding. Nothing else is taken.
 */
export function addBodyParsers(instance: FastifyInstance): void {
  const parseJson = instance.getDefaultJsonParser('error', 'error');
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, body.length === 0 ? undefined : readJson(boundedText(body), (text, parsed) => void parseJson(request, text, parsed)));
    } catch (error) {
      done(error as Error);
    }
  });
  instance.addContentTypeParser<Buffer>(['text/csv', 'text/plain'], { parseAs: 'buffer' }, (request, body, done) => {
    const { takes } = request.routeOptions.config as BodyConfig;
    done(takes === 'csv' ? null : unsupportedMediaType(), body);
  });
}
