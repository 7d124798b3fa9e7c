import type { ReactNode } from 'react';
import layout from './layout.module.css';

/** Names and values beside each other. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }): ReactNode => (
  <dl className={layout['facts']}>
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
