import pg from 'pg';

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
