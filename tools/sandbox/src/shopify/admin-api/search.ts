type Searched = Readonly<Record<string, string | number | null>>;

const TERM = /(\w+):(>=|<=|>|<)?(?:'([^']*)'|"([^"]*)"|(\S+))/g;

/**
 * Filters by the vendor's search syntax, as far as terms joined by spaces or AND go: `sku:ABC`, `id:>12`, `updated_at:>='2026-07-01T00:00:00Z'`.
 * A field that the list does not know filters nothing, as at the vendor.
 */
export function searched<T>(all: readonly T[], query: string | null | undefined, fieldsOf: (one: T) => Searched): readonly T[] {
  const terms = [...(query ?? '').matchAll(TERM)].map(([, field = '', operator = '', single, double, bare]) => ({
    field,
    operator,
    value: single ?? double ?? bare ?? '',
  }));
  return all.filter((one) => {
    const fields = fieldsOf(one);
    return terms.every(({ field, operator, value }) => !(field in fields) || fits(fields[field] ?? null, operator, value));
  });
}

function fits(actual: string | number | null, operator: string, value: string): boolean {
  if (actual === null) return false;
  if (typeof actual === 'string') return operator === '' && actual === value;
  const limit = /^\d+$/.test(value) ? Number(value) : Date.parse(value);
  switch (operator) {
    case '>':
      return actual > limit;
    case '>=':
      return actual >= limit;
    case '<':
      return actual < limit;
    case '<=':
      return actual <= limit;
    default:
      return actual === limit;
  }
}
