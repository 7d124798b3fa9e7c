import type { ReactNode } from 'react';
import { useFormats } from '../words/format.js';
import { useWords } from '../words/words.js';
import layout from './layout.module.css';

/** Lines that a list shows of each document. */
const SHOWN = 2;

/** The first lines of a document in a list, and how many more there are. */
export function LineList({ lines }: { readonly lines: readonly { readonly sku: string; readonly quantity: number }[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  return (
    <>
      {lines.slice(0, SHOWN).map(({ sku, quantity }) => (
        <div key={sku} className={layout['oneLine']}>
          {units(quantity)} × {sku}
        </div>
      ))}
      {lines.length > SHOWN ? <div className={layout['soft']}>{say('explain.more', { count: lines.length - SHOWN })}</div> : null}
    </>
  );
}

/** An id as a list shows it: its beginning, the whole of it on pointing at it. */
export const ShortId = ({ id }: { readonly id: string }): ReactNode => (
  <code title={id} className={layout['oneLine']}>
    {id.length > 14 ? `${id.slice(0, 11)}…` : id}
  </code>
);
