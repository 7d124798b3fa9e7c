import { useNavigate, useSearch } from '@tanstack/react-router';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { hiddenOf, toggled } from '../app/saved-views.js';
import { useWords } from '../words/words.js';
import styles from './table.module.css';
import { Unfolded } from './unfolded.js';

interface Choice {
  readonly hidden: ReadonlySet<number>;
  toggle(column: number): void;
}

const ColumnChoice = createContext<Choice | undefined>(undefined);

/** The table within may hide columns; which ones stands in the address. */
export function ChosenColumns({ children }: { readonly children: ReactNode }): ReactNode {
  const search: { readonly hide?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { hide } = search;
  const choice = useMemo((): Choice => {
    const hidden = hiddenOf(hide);
    const toggle = (column: number): void => {
      const next = toggled(hidden, column);
      const write = ({ hide: _, ...rest }: Record<string, unknown>): object => (next === undefined ? rest : { ...rest, hide: next });
      void navigate({ to: '.', search: write as never, replace: true });
    };
    return { hidden, toggle };
  }, [hide, navigate]);
  return <ColumnChoice value={choice}>{children}</ColumnChoice>;
}

/** Columns of a table that are not hidden; the first always stays, as it says which row it is. */
export function useShownColumns<Column>(columns: readonly Column[]): readonly Column[] {
  const choice = useContext(ColumnChoice);
  return choice === undefined ? columns : columns.filter((_, at) => at === 0 || !choice.hidden.has(at));
}

/** A tick for each column of a table that may hide some. */
export function ColumnChooser({ heads }: { readonly heads: readonly string[] }): ReactNode {
  const { say } = useWords();
  const choice = useContext(ColumnChoice);
  if (choice === undefined) return null;
  return (
    <Unfolded className={styles['chooser']} summary={say('views.columns')}>
      <div className={styles['choices']}>
        {heads.map((head, at) =>
          at === 0 ? null : (
            <label key={head}>
              <input type="checkbox" checked={!choice.hidden.has(at)} onChange={() => choice.toggle(at)} />
              {head}
            </label>
          ),
        )}
      </div>
    </Unfolded>
  );
}
