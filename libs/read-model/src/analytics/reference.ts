import type { AnalystView } from './view.js';
import { ANALYST_VIEWS } from './views/index.js';

const INTRODUCTION = `# Views for analysts

The schema \`analytics\` of Holdfast's Postgres. Every login reads the rows of one tenant; how it gets one, and sample questions with their SQL: [guide](../guides/analysts.md).
This page says what \`COMMENT ON\` says in the database. The views are made anew when Holdfast changes them; a column keeps its name and its meaning.
`;

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;

function section({ name, comment, columns }: AnalystView): string {
  const header = [row(['column', 'type', 'meaning']), row(['---', '---', '---'])];
  return [`## ${name}`, '', comment, '', ...header, ...columns.map((each) => row([`\`${each.name}\``, each.type, each.comment])), ''].join(
    '\n',
  );
}

/** The page in `docs/reference` about the views, from what their comments say. */
export const analyticsReference = (): string => [INTRODUCTION, ...ANALYST_VIEWS.map(section)].join('\n');
