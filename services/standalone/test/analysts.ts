import pg from 'pg';
import { PRODUCTS } from '../src/sample/catalogue.js';
import { LOTS } from '../src/sample/food.js';

const UNITS = [...PRODUCTS, ...LOTS].flatMap(({ units }) => Object.values(units));
const SOLD = 12;

/** Units of the sample data. On hold are two jackets, what is left of a recalled lot, and an expired lot. */
export const SAMPLE = { sold: SOLD, held: 2 + (52 - 4) + 6, units: UNITS.reduce((sum, units) => sum + units, 0) - SOLD };

/** Runs statements as another user of the same server. */
export async function asUser<Result>(url: string, user: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const address = new URL(url);
  address.username = user;
  const client = new pg.Client({ connectionString: address.toString() });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A sample question of the guide: its SQL and the answer printed below it. */
export interface GuideQuestion {
  readonly title: string;
  readonly sql: string;
  readonly answer: readonly (readonly string[])[];
}

/** Reads every `sql` block of a guide with the table right behind it; the first row of an answer has the names of the columns. */
export function questionsOf(markdown: string): readonly GuideQuestion[] {
  return markdown
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const [, sql = ''] = /^```sql\n([^]*?)^```/m.exec(part) ?? [];
      const table = part.split('\n').filter((line) => line.startsWith('|'));
      return { title: part.split('\n')[0] ?? '', sql, answer: table.filter((_line, index) => index !== 1).map(cells) };
    });
}

const cells = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The answer of a statement as the guide prints it. */
export async function printedAnswer(client: pg.Client, sql: string): Promise<readonly (readonly string[])[]> {
  const question: pg.QueryArrayConfig = { text: sql, rowMode: 'array', types: { getTypeParser: () => String } };
  const { rows, fields } = await client.query<(string | null)[]>(question);
  return [fields.map(({ name }) => name), ...rows.map((row) => row.map((value) => value ?? ''))];
}

/** Schemas that Holdfast waits to change, and how many tables outside of them it keeps from all others meanwhile. */
export const LOCKS = `
  SELECT min(c.relnamespace::regnamespace::text) AS waits_for,
         (SELECT count(*)::int FROM pg_locks k JOIN pg_class t ON t.oid = k.relation
           WHERE k.granted AND k.mode = 'AccessExclusiveLock' AND k.pid = min(l.pid) AND t.relkind = 'r' AND t.relnamespace <> 'pg_catalog'::regnamespace) AS service_tables
    FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE NOT l.granted AND l.mode = 'AccessExclusiveLock'`;

/** What takes locks of the services or fills the disk, though it writes nothing that is Holdfast's. */
export const HARMFUL = [
  'SELECT pg_advisory_lock(1752132708)',
  'SELECT pg_try_advisory_xact_lock_shared(1, 2)',
  'BEGIN READ WRITE; SELECT lo_create(0)',
  "SELECT pg_logical_emit_message(false, 'x', 'x')",
  'BEGIN READ WRITE; CREATE TEMPORARY TABLE mine (id int)',
];

/** Statements that forbid it, without the names of the functions. */
export const RESTRICTIONS = [
  'GRANT EXECUTE ON FUNCTION … TO app',
  'REVOKE EXECUTE ON FUNCTION … FROM PUBLIC',
  'GRANT TEMPORARY ON DATABASE postgres TO app',
  'REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC',
];
