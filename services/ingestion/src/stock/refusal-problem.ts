import { Problem, unknownSkus } from '@holdfast/platform';

interface Refused {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const STATUS: Readonly<Record<string, number>> = { invalid_quantity: 400 };

const SENTENCE: Readonly<Record<string, string>> = {
  invalid_quantity: 'The quantity is out of bounds',
  insufficient_stock: 'Fewer units are free than this would take; say mayUncoverPromises to take promised ones',
  too_many_locations: 'The SKU lies in as many locations as it may',
};

const LATER: Readonly<Record<string, string>> = { count: 'A count', level: 'A figure of an ERP', movements: 'A movement' };

/** Names the fact that stands against one of an earlier time; bulk results show the sentence alone. */
const laterFact = (later: unknown, laterAt: string): string =>
  `${LATER[String(later)] ?? 'A fact'} of ${laterAt} is known, which this would change; say what lies there now`;

/** What a change of a time before a count is refused with; nothing for another later fact. */
const countedSince = (later: unknown, laterAt: string): { readonly code?: string; readonly details?: { readonly countedAt: string } } =>
  later === 'count' ? { code: 'counted_since', details: { countedAt: laterAt } } : {};

/** The answer to a command that the domain refused. */
export function refusalProblem({ code, details }: Refused, where: { readonly sku: string; readonly locationId: string }): Problem {
  if (code === 'unknown_sku') return unknownSkus([where.sku]);
  const { byLocation: _, laterAt, ...figures } = details;
  const status = STATUS[code] ?? 409;
  if (typeof laterAt !== 'number')
    return new Problem(status, code, SENTENCE[code] ?? `Refused: ${code}`, { details: [{ ...where, ...figures }] });
  const time = new Date(laterAt).toISOString();
  const since = countedSince(figures['later'], time);
  return new Problem(status, since.code ?? code, laterFact(figures['later'], time), {
    details: [{ ...where, ...figures, laterAt: time, ...since.details }],
  });
}
