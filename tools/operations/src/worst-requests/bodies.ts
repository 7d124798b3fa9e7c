import { largestOf } from './sample.js';

type Json = Readonly<Record<string, unknown>>;

export interface Body {
  readonly kind: string;
  readonly contentType: string;
  readonly text: string;
}

const MEBIBYTE = 1_048_576;
const JSON_TYPE = 'application/json';
/** Below the limit of bodies, which is refused unread. */
const LARGEST_BYTES = 7.5 * MEBIBYTE;

const filled = (before: string, piece: (index: number) => string, after: string, most = Number.POSITIVE_INFINITY): string => {
  const pieces: string[] = [];
  for (let bytes = 0, index = 0; bytes < LARGEST_BYTES && index < most; index += 1) {
    const next = piece(index);
    bytes += next.length + 1;
    pieces.push(next);
  }
  return `${before}${pieces.join(',')}${after}`;
};

/** Bodies that no route takes, made to cost most: many fields, much depth, many entries, long texts, escapes. */
const hostile = (): readonly Body[] =>
  [
    ['many fields', filled('{', (index) => `"field${index}":1`, '}')],
    ['many empty entries', filled('{"items":[', () => '{}', ']}')],
    ['as many entries as are parsed', filled('{"items":[', () => '{}', ']}', 249_000)],
    ['entries of other fields each', filled('{"items":[', (index) => `{"f${index}":1}`, ']}', 120_000)],
    ['500 fields in each of 490 objects', filled('[', (index) => `{${fields(499, index)}}`, ']', 490)],
    ['deep', `${'['.repeat(3_000_000)}`],
    ['a long text', `{"note":"${'x'.repeat(LARGEST_BYTES)}"}`],
    ['a long escaped text', `{"note":"${'\\u0041'.repeat(LARGEST_BYTES / 6)}"}`],
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

/** All bodies that are tried at a route: hostile ones, and the largest that its schema allows. */
export function bodiesFor(document: Json, content: Json): readonly Body[] {
  if ('text/csv' in content) return csv();
  const media = content[JSON_TYPE];
  const schema = typeof media === 'object' && media !== null ? (media as Json)['schema'] : undefined;
  const largest =
    schema === undefined
      ? []
      : [{ kind: 'the largest allowed', contentType: JSON_TYPE, text: JSON.stringify(largestOf(document, schema)) }];
  return [...hostile(), ...largest];
}
