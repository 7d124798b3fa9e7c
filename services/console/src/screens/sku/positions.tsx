import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Empty, NoPermission, Region } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import styles from './sku.module.css';

const route = getRouteApi('/sku/$sku/positions');
const REFRESH_MS = 5_000;

/** Where the units of a SKU lie: by location, lot and bin. */
export function Positions(): ReactNode {
  const { say } = useWords();
  const { units, day } = useFormats();
  const { sku } = route.useParams();
  const [mayRead, maySeeProducts] = [useMay('inventory.read'), useMay('products.read')];
  const query = useQuery({
    queryKey: ['levels', sku],
    queryFn: async () => await holdfast.products.getLevels(sku),
    enabled: mayRead && maySeeProducts,
    refetchInterval: REFRESH_MS,
  });
  if (!maySeeProducts) return <NoPermission permission="products.read" />;
  return (
    <Region needs="inventory.read" query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={say('positions.none')}>{say('positions.noneText')}</Empty>
        ) : (
          <div className={styles['card']}>
            <Table
              label={say('sku.positions')}
              rows={items}
              keyOf={({ id, lotId = '', binId = '' }) => `${id}|${lotId}|${binId}`}
              columns={[
                { head: say('explain.location'), cell: ({ locationId }) => locationId },
                { head: say('lots.lot'), cell: ({ lotId }) => lotId ?? '–' },
                { head: say('positions.bin'), cell: ({ binId }) => binId ?? '–' },
                { head: say('lots.expiryDate'), cell: ({ expiryDate }) => (expiryDate === undefined ? '–' : day(expiryDate)) },
                { head: say('positions.onHand'), isNumber: true, cell: ({ quantityOnHand }) => units(quantityOnHand) },
                { head: say('positions.reserved'), isNumber: true, cell: ({ quantityReserved }) => units(quantityReserved) },
                { head: say('positions.held'), isNumber: true, cell: ({ quantityHeld }) => units(quantityHeld) },
                {
                  head: say('positions.expired'),
                  isNumber: true,
                  cell: ({ quantityExpired }) => (quantityExpired === undefined ? '–' : units(quantityExpired)),
                },
                { head: say('positions.available'), isNumber: true, cell: ({ quantityAvailable }) => units(quantityAvailable) },
              ]}
            />
          </div>
        )
      }
    </Region>
  );
}
