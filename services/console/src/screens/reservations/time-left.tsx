import type { ReactNode } from 'react';
import { useNow } from '../../ui/use-now.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

const SECOND = 1_000;
const UNITS = [
  ['day', 86_400 * SECOND],
  ['hour', 3_600 * SECOND],
  ['minute', 60 * SECOND],
  ['second', SECOND],
] as const;

/** Until when a hold lives, and how long that still is. */
export function TimeLeft({ until }: { readonly until: string }): ReactNode {
  const { locale } = useWords();
  const { exactTime } = useFormats();
  const left = Date.parse(until) - useNow();
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(left) >= ms) ?? ['second', SECOND];
  return (
    <time dateTime={until} title={exactTime(until)}>
      {new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(Math.trunc(left / size), unit)}
    </time>
  );
}
