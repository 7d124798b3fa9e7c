import { Link, Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import layout from '../../ui/layout.module.css';
import { useWords } from '../../words/words.js';

/** What is ordered, and the rules by which it is. */
export function Replenishment(): ReactNode {
  const { say } = useWords();
  return (
    <div className={layout['page']}>
      <h1>{say('replenishment.title')}</h1>
      <nav className={layout['tabs']} aria-label={say('replenishment.views')}>
        <Link to="/replenishment" activeOptions={{ exact: true, includeSearch: false }} className={layout['tab']}>
          {say('replenishment.orders')}
        </Link>
        <Link to="/replenishment/rules" activeOptions={{ includeSearch: false }} className={layout['tab']}>
          {say('replenishment.rules')}
        </Link>
        <Link to="/replenishment/rebalancing" activeOptions={{ includeSearch: false }} className={layout['tab']}>
          {say('rebalancing.title')}
        </Link>
        <Link to="/replenishment/policies" activeOptions={{ includeSearch: false }} className={layout['tab']}>
          {say('rebalancing.policies')}
        </Link>
      </nav>
      <Outlet />
    </div>
  );
}
