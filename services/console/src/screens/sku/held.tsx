import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import styles from './sku.module.css';

/** Units of a SKU that may not leave, with the way to their holds; nothing where there are none. */
export function Held({ sku }: { readonly sku: string }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const [mayRead, maySeeNames] = [useMay('inventory.read'), useMay('products.read')];
  const { data } = useQuery({
    queryKey: ['levels', sku],
    queryFn: async () => await holdfast.products.getLevels(sku),
    enabled: mayRead && maySeeNames,
  });
  if (data === undefined || data.totalHeld === 0) return null;
  return (
    <Link to="/holds" search={{ sku }} className={styles['held']}>
      ⊘ {say('holds.held', { units: units(data.totalHeld) })}
    </Link>
  );
}
