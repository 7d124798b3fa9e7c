import { OPERATIONS } from './generated/operations.js';

/** An operation as the client calls it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Parameters are written `{name}`. */
  readonly path: string;
  readonly pathParameters: number;
  readonly body: 'json' | 'file' | undefined;
  readonly hasQuery: boolean;
  /** What the same request again does: as `x-idempotency` of the document. */
  readonly repeat: 'key' | 'natural' | 'none';
  /** Waits for the position that `holdfast-min-position` names. */
  readonly takesPosition: boolean;
  readonly answer: 'json' | 'text' | 'events';
  /** Where the rows of a page stand in the answer. */
  readonly list: string | undefined;
}

function operationOf(line: string): Operation {
  const [id = '', method = '', path = '', flags = '', list] = line.split(' ');
  const has = (flag: string): boolean => flags.includes(flag);
  return {
    id,
    method,
    path,
    pathParameters: path.split('{').length - 1,
    body: has('b') ? 'json' : has('c') ? 'file' : undefined,
    hasQuery: has('q'),
    repeat: has('k') ? 'key' : has('n') ? 'none' : 'natural',
    takesPosition: has('p'),
    answer: has('e') ? 'events' : has('t') ? 'text' : 'json',
    list,
  };
}

/** Every operation of the API. */
export const operations = (): readonly Operation[] => OPERATIONS.map(operationOf);
