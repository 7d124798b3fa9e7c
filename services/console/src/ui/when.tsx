import type { ReactNode } from 'react';
import { useFormats } from '../words/format.js';
import { useWords } from '../words/words.js';

/** A time to the second, to the millisecond on pointing at it; "never" where there is none. */
export function When({ at }: { readonly at: string | null | undefined }): ReactNode {
  const { say } = useWords();
  const { time, exactTime } = useFormats();
  if (at === null || at === undefined) return say('state.never');
  return (
    <time dateTime={at} title={exactTime(at)}>
      {time(at)}
    </time>
  );
}
