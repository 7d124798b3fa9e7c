import { largestOf } from './sample.js';

type Json = Readonly<Record<string, unknown>>;

export interface Body {
  readonly kind: string;
  readonly contentType: string;
  readonly text: string;
}

const MEBIBYTE = 1_048_576;
const JSON_TYPE = 'application/json';
/** A little below what routes with lines and others take; longer bodies are refused unread. */
export const BULK_BYTES = 7.5 * MEBIBYTE;
export const PLAIN_BYTES = 0.95 * MEBIBYTE;

interface Most {
  readonly bytes: number;
  readonly pieces?: number;
}

const filled = (most: Most, before: string, piece: (index: number) => string, after: string): string => {
  const pieces: string[] = [];
  for (let bytes = 0, index = 0; bytes < most.bytes && index < (most.pieces ?? Number.POSITIVE_INFINITY); index += 1) {
    const next = piece(index);
    bytes += next.length + 1;
    pieces.push(next);
  }
  return `${before}${pieces.join(',')}${after}`;
};

/** Bodies that no route takes, made to cost most: many fields, much depth, many entries, long texts, escapes. */
const hostile = (bytes: number): readonly Body[] =>
  [
    ['many fields', filled({ bytes }, '{', (index) => `"field${index}":1`, '}')],
    ['many empty entries', filled({ bytes }, '{"items":[', () => '{}', ']}')],
    ['as many entries as are parsed', filled({ bytes, pieces: 249_000 }, '{"items":[', () => '{}', ']}')],
    ['entries of other fields each', filled({ bytes, pieces: 120_000 }, '{"items":[', (index) => `{"f${index}":1}`, ']}')],
    ['500 fields in each of 490 objects', filled({ bytes, pieces: 490 }, '[', (index) => `{${fields(499, index)}}`, ']')],
    ['deep', '['.repeat(Math.min(bytes, 3_000_000))],
    ['a long text', `{"note":"${'x'.repeat(bytes)}"}`],
    ['long texts', filled({ bytes }, '{"items":[', () => `"${'x'.repeat(60_000)}"`, ']}')],
    ['long escaped texts', filled({ bytes }, '{"items":[', () => `"${'\\u0041'.repeat(10_000)}"`, ']}')],
  ].map(([kind = '', text = '']) => ({ kind, text, contentType: JSON_TYPE }));

const fields = (count: number, object: number): string =>
  Array.from({ length: count }, (_, index) => `"o${object % 7}f${index}":1`).join(',');

const csv = (): readonly Body[] => [
  { kind: '4 million lines', contentType: 'text/csv', text: `sku\n${'a\n'.repeat(3_900_000)}` },
  {
    kind: '10,000 lines',
    contentType: 'text/csv',
    text: `sku,name\n${Array.from({ length: 10_000 }, (_, index) => `W-${index},${'x'.repeat(150)}`).join('\n')}`,
  },
];

/** All bodies that are tried at a route: hostile ones of so many bytes, and the largest that its schema allows. */
export function bodiesFor(document: Json, content: Json, bytes: number): readonly Body[] {
  if ('text/csv' in content) return csv();
  const media = content[JSON_TYPE];
  const schema = typeof media === 'object' && media !== null ? (media as Json)['schema'] : undefined;
  const largest =
    schema === undefined
      ? []
      : [{ kind: 'the largest allowed', contentType: JSON_TYPE, text: JSON.stringify(largestOf(document, schema)) }];
  return [...hostile(bytes), ...largest];
}
