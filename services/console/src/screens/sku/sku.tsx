import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { NoPermission } from '../../ui/states.js';
import { useWords } from '../../words/words.js';
import { Actions } from './actions.js';
import { Held } from './held.js';
import styles from './sku.module.css';

const route = getRouteApi('/sku/$sku');

/** The head of a SKU: what it is called, and the ways to look at it. */
export function Sku(): ReactNode {
  const { say } = useWords();
  const { sku } = route.useParams();
  const maySeeNames = useMay('products.read');
  const maySee = useMay('inventory.read');
  const product = useQuery({ queryKey: ['product', sku], queryFn: () => holdfast.products.get(sku), enabled: maySeeNames });
  return (
    <div className={styles['page']}>
      <div className={styles['title']}>
        <h1>
          <code translate="no">{sku}</code>
        </h1>
        <span>{product.data?.name}</span>
        <Held sku={sku} />
      </div>
      <Actions sku={sku} />
      <nav className={styles['tabs']} aria-label={say('sku.views')}>
        <Link to="/sku/$sku" params={{ sku }} search={true} activeOptions={{ exact: true, includeSearch: false }} className={styles['tab']}>
          {say('sku.explain')}
        </Link>
        <Link to="/sku/$sku/timeline" params={{ sku }} search={true} activeOptions={{ includeSearch: false }} className={styles['tab']}>
          {say('sku.timeline')}
        </Link>
        <Link to="/sku/$sku/time" params={{ sku }} search={true} activeOptions={{ includeSearch: false }} className={styles['tab']}>
          {say('sku.time')}
        </Link>
        <Link to="/sku/$sku/positions" params={{ sku }} search={true} activeOptions={{ includeSearch: false }} className={styles['tab']}>
          {say('sku.positions')}
        </Link>
      </nav>
      {maySee ? <Outlet /> : <NoPermission permission="inventory.read" />}
    </div>
  );
}
