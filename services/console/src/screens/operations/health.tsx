import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import layout from '../../ui/layout.module.css';
import { Failed, Loading } from '../../ui/states.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

interface Check {
  readonly status: string;
  readonly ms?: number;
  readonly error?: string;
}

const REFRESH_MS = 5_000;

/** What the process itself says; it answers 503 with the same body where something is away. */
async function readHealth(): Promise<Readonly<Record<string, Check>>> {
  const answer = await fetch('/health/ready');
  return ((await answer.json()) as { readonly checks?: Readonly<Record<string, Check>> }).checks ?? {};
}

/** Whether each part that Holdfast needs answers, and how fast. */
export function Health(): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const query = useQuery({ queryKey: ['health'], queryFn: readHealth, refetchInterval: REFRESH_MS });
  return (
    <section className={layout['card']} aria-label={say('operations.health')}>
      <h2>{say('operations.health')}</h2>
      {query.isPending ? <Loading rows={2} /> : null}
      {query.error === null ? null : <Failed error={query.error} onRetry={() => void query.refetch()} />}
      <ul className={layout['list']}>
        {Object.entries(query.data ?? {}).map(([name, { status, ms, error }]) => (
          <li key={name} className={layout[status === 'ok' ? 'good' : 'bad']}>
            {status === 'ok' ? '✓' : '✗'} <strong>{name.replaceAll('_', ' ')}</strong>
            {ms === undefined ? null : ` · ${units(ms)} ms`}
            {error === undefined ? null : ` · ${error}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
