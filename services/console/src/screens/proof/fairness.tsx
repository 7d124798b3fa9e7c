import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import layout from '../../ui/layout.module.css';
import { Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

const PAGE = 20;
const COUNTS = ['contenders', 'granted', 'waiting', 'refused', 'turnedAway', 'inversions'] as const;

/** Who asked for a SKU when, and who was served before whom. */
export function Fairness({ sku }: { readonly sku: string }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const may = useMay('reservations.read');
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['fairness', sku, page],
    queryFn: async () => await holdfast.contenders.list(sku, { page, limit: PAGE }),
    enabled: may,
    placeholderData: keepPreviousData,
  });
  return (
    <section className={layout['card']} aria-label={say('fairness.title')}>
      <h2>{say('fairness.title')}</h2>
      <Region needs="reservations.read" query={query} rows={2}>
        {({ summary, contenders, pagination }) => (
          <div className={layout['form']}>
            <p className={layout[summary.inOrderOfArrival ? 'good' : 'warn']}>
              {summary.inOrderOfArrival ? `✓ ${say('fairness.inOrder')}` : `! ${say('fairness.inversions')}`}
            </p>
            <dl className={layout['facts']}>
              {COUNTS.map((name) => (
                <div key={name}>
                  <dt>{say(`fairness.${name}`)}</dt>
                  <dd>{units(summary[name])}</dd>
                </div>
              ))}
            </dl>
            {contenders.length === 0 ? null : (
              <Table
                label={say('fairness.title')}
                rows={contenders}
                keyOf={({ place }) => String(place)}
                columns={[
                  { head: say('fairness.place'), isNumber: true, cell: ({ place }) => units(place) },
                  { head: say('fairness.arrived'), cell: ({ arrivedAt }) => <When at={arrivedAt} /> },
                  { head: say('fairness.order'), cell: ({ orderId }) => orderId },
                  { head: say('fairness.units'), isNumber: true, cell: ({ quantity }) => units(quantity) },
                  { head: say('history.outcome'), cell: ({ outcome, code }) => `${say(`fairness.outcome.${outcome}`)} ${code ?? ''}` },
                ]}
              />
            )}
            <Pager pagination={pagination} onPage={setPage} />
          </div>
        )}
      </Region>
    </section>
  );
}
