import { format } from 'node:util';

/** What the specs of a pure domain need of jest: `describe`, `it` and their tables. Collects examples instead of running them. */
export function collecting(expect) {
  const examples = [];
  const path = [];
  const describe = (name, body) => {
    path.push(name);
    body();
    path.pop();
  };
  const it = (name, body) => examples.push({ name: [...path, name].join(' '), body });
  const each = (make) => (rows) => (name, body) =>
    rows.forEach((row, index) => {
      const values = Array.isArray(row) ? row : [row];
      make(`${format(name, ...values)} #${index}`, () => body(...values));
    });
  describe.each = each(describe);
  it.each = each(it);
  return { examples, globals: { describe, it, expect } };
}
