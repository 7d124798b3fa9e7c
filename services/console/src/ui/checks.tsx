import type { ReactNode } from 'react';
import layout from './layout.module.css';

export interface ChecksProps {
  readonly label: string;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly says: string }[];
}

/** What a test of a connection found, check by check. */
export const Checks = ({ label, checks }: ChecksProps): ReactNode => (
  <div role="status" aria-label={label}>
    <ul className={layout['list']}>
      {checks.map(({ name, ok, says }) => (
        <li key={name} className={layout[ok ? 'good' : 'bad']}>
          {ok ? '✓' : '✗'} <strong>{name}</strong>: {says}
        </li>
      ))}
    </ul>
  </div>
);
