import { Copy, Download } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { readCommand } from '../app/commands.js';
import { useWords } from '../words/words.js';
import { Button } from './controls.js';
import { CopyButton } from './copy-button.js';
import { ChosenColumns } from './chosen-columns.js';
import { csvOf } from './csv.js';
import layout from './layout.module.css';
import { SavedViews } from './saved-views.js';

export interface ListToolsProps {
  /** Name of the file, without its ending. */
  readonly name: string;
  /** Path and parameters that answer the same list. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string | undefined>>;
  readonly children: ReactNode;
}

/** Texts of the table shown, row by row: the file holds exactly what is seen. */
const textsOf = (table: HTMLTableElement): string[][] =>
  [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.replaceAll(/\s*\n\s*/g, '; ').trim()));

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  Object.assign(document.createElement('a'), { href: url, download: `${name}.csv` }).click();
  // The download has begun with the click; the text is no longer needed once this turn is over.
  setTimeout(() => URL.revokeObjectURL(url));
}

/** The same for a terminal, with the key of whoever runs it. */
function curlOf(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
  const query = new URLSearchParams(given).toString();
  return readCommand(`${window.location.origin}${path}${query === '' ? '' : `?${query}`}`);
}

/** A list with views of it that have names, and what takes it elsewhere: a file of what is shown, and the call that answers it. */
export function ListTools({ name, path, parameters = {}, children }: ListToolsProps): ReactNode {
  const { say } = useWords();
  const list = useRef<HTMLDivElement>(null);
  const download = (): void => {
    const table = list.current?.querySelector('table');
    if (table instanceof HTMLTableElement) save(name, csvOf(textsOf(table)));
  };
  return (
    <div className={layout['form']}>
      <SavedViews />
      <div ref={list}>
        <ChosenColumns>{children}</ChosenColumns>
      </div>
      <div className={layout['tools']}>
        <Button look="quiet" onPress={download}>
          <Download size={16} aria-hidden="true" />
          {say('list.csv')}
        </Button>
        <CopyButton look="quiet" text={() => curlOf(path, parameters)}>
          <Copy size={16} aria-hidden="true" />
          {say('list.curl')}
        </CopyButton>
      </div>
    </div>
  );
}
