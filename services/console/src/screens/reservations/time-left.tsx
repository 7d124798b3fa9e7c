import { useEffect, useState, type ReactNode } from 'react';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

/** The present, told once a second to all who show it. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

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
