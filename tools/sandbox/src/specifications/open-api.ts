import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { isRecord } from '../http/vendor-call.js';

/** A vendor's specification in OpenAPI 2 or 3, as far as bodies of requests and answers go. */
export interface OpenApi {
  /**
   * Faults of a request and its answer, empty for none. An operation, status or content type that the document does not describe is no fault.
   * @param path as the document writes it, with `{names}`
   */
  check(method: string, path: string, request: unknown, status: number, answer: unknown): readonly string[];
  /** Whether the document describes the operation. */
  has(method: string, path: string): boolean;
}

const ID = 'document';
const pointer = (...parts: readonly string[]): string =>
  `${ID}#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

/**
 * Reads a specification.
 * @param file JSON or YAML
 * @param referenced files of JSON Schemas by the address that the document refers to them by
 * @throws where it is no OpenAPI document
 */
export function openApi(file: string, referenced: Readonly<Record<string, string>> = {}): OpenApi {
  const text = readFileSync(file, 'utf8');
  // The YAML parser reads JSON too, but takes seconds for a vendor's document.
  const document = (file.endsWith('.json') ? JSON.parse(text) : parse(text)) as unknown;
  if (!isRecord(document) || !isRecord(document['paths'])) throw new Error(`${file} is no OpenAPI document`);
  const ajv = new Ajv({ strict: false, strictNumbers: true, allErrors: true, validateFormats: true, logger: false });
  formats.default(ajv);
  ajv.addSchema(withoutExamples(document) as object, ID);
  for (const [address, schema] of Object.entries(referenced)) ajv.addSchema(schemaIn(schema), address);
  const compiled = new Map<string, ValidateFunction>();

  const faults = (ref: string, body: unknown, what: string): readonly string[] => {
    let validate = compiled.get(ref);
    if (validate === undefined) compiled.set(ref, (validate = ajv.compile({ $ref: ref })));
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath} ${message ?? ''}`);
  };

  const operationOf = (method: string, path: string): Readonly<Record<string, unknown>> | undefined => {
    const item = (document['paths'] as Readonly<Record<string, unknown>>)[path];
    const operation = isRecord(item) ? item[method.toLowerCase()] : undefined;
    return isRecord(operation) ? operation : undefined;
  };

  return {
    has: (method, path) => operationOf(method, path) !== undefined,
    check: (method, path, request, status, answer) => {
      const operation = operationOf(method, path);
      if (operation === undefined) return [];
      const at = ['paths', path, method.toLowerCase()];
      const requestAt = requestSchema(operation, at);
      const answerAt = answerSchema(operation, at, status);
      return [
        ...(requestAt === undefined || request === undefined ? [] : faults(pointer(...requestAt), request, 'request')),
        ...(answerAt === undefined || answer === undefined ? [] : faults(pointer(...answerAt), answer, `answer ${String(status)}`)),
      ];
    },
  };
}

/** A schema that names itself as its own meta-schema, as TOTVS' do, is none that ajv could check by it. */
function schemaIn(file: string): object {
  const { $schema: _, ...schema } = withoutExamples(JSON.parse(readFileSync(file, 'utf8'))) as Readonly<Record<string, unknown>>;
  return schema;
}

function requestSchema(operation: Readonly<Record<string, unknown>>, at: readonly string[]): readonly string[] | undefined {
  const body = operation['requestBody'];
  if (isRecord(body)) return jsonContent(body, [...at, 'requestBody']);
  const parameters = operation['parameters'];
  if (!Array.isArray(parameters)) return undefined;
  const index = parameters.findIndex((parameter) => isRecord(parameter) && parameter['in'] === 'body');
  return index < 0 ? undefined : [...at, 'parameters', String(index), 'schema'];
}

function answerSchema(operation: Readonly<Record<string, unknown>>, at: readonly string[], status: number): readonly string[] | undefined {
  const responses = operation['responses'];
  const response = isRecord(responses) ? responses[String(status)] : undefined;
  if (!isRecord(response)) return undefined;
  const here = [...at, 'responses', String(status)];
  return isRecord(response['schema']) ? [...here, 'schema'] : jsonContent(response, here);
}

function jsonContent(holder: Readonly<Record<string, unknown>>, at: readonly string[]): readonly string[] | undefined {
  const content = holder['content'];
  if (!isRecord(content)) return undefined;
  const type = Object.keys(content).find((name) => /json/.test(name));
  const media = type === undefined ? undefined : content[type];
  return type !== undefined && isRecord(media) && isRecord(media['schema']) ? [...at, 'content', type, 'schema'] : undefined;
}

/** Examples are no schemas; a `$ref` or an odd keyword inside one would be taken for part of the document. */
function withoutExamples(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExamples);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'example' && key !== 'examples' && !key.startsWith('x-'))
      .map(([key, inner]) => [key, withoutExamples(inner)]),
  );
}
