import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { ListTools } from '../../ui/list-tools.js';
import { Region } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { Categories, type Analytics as Answer } from './categories.js';
import { Figures } from './figures.js';

const route = getRouteApi('/analytics');
const REFRESH_MS = 30_000;

/** Places where more was booked out than in: errors to be mended, as the value leaves them out. */
function Negative({ places }: { readonly places: Answer['analytics']['negativeOnHand'] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (places.length === 0) return null;
  return (
    <section className={layout['card']} aria-label={say('analytics.negative')}>
      <h2>{say('analytics.negative')}</h2>
      <p className={layout['soft']}>{say('analytics.negativeText')}</p>
      <Table
        label={say('analytics.negative')}
        rows={places}
        keyOf={({ sku, locationId }) => `${sku}|${locationId}`}
        columns={[
          {
            head: 'SKU',
            cell: ({ sku }) => (
              <Link to="/sku/$sku" params={{ sku }}>
                {sku}
              </Link>
            ),
          },
          { head: say('explain.location'), cell: ({ locationId }) => locationId },
          { head: say('replenishment.onHand'), isNumber: true, cell: ({ onHand }) => units(onHand) },
        ]}
      />
    </section>
  );
}

/** What the stock of a period is worth and how fast it turns, with the table behind each bar. */
export function Analytics(): ReactNode {
  const { say } = useWords();
  const { day, time } = useFormats();
  const { from, to, location } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay('inventory.read');
  const locations = useLocations();
  const change = (part: { from?: string; to?: string; location?: string }): void => {
    void navigate({ search: (before) => present({ ...before, ...part }), replace: true });
  };
  const parameters = { fromDate: from, toDate: to, locationId: location };
  const query = useQuery({
    queryKey: ['analytics', from, to, location],
    queryFn: async () => await holdfast.inventory.analytics(present(parameters)),
    enabled: may,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('analytics.title')}</h1>
      <div className={layout['tools']}>
        <TextField label={say('analytics.from')} kind="date" value={from ?? ''} onChange={(value) => change({ from: value })} />
        <TextField label={say('analytics.to')} kind="date" value={to ?? ''} onChange={(value) => change({ to: value })} />
        <Select
          label={say('explain.location')}
          value={location ?? ''}
          options={[{ value: '', text: say('filter.all') }, ...locations.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={(value) => change({ location: value })}
        />
      </div>
      <Region needs="inventory.read" query={query}>
        {({ analytics, period, asOf }) => (
          <div className={layout['page']}>
            <section className={layout['card']} aria-label={say('analytics.figures')}>
              <h2>{say('analytics.period', { from: day(period.from), to: day(period.to) })}</h2>
              <Figures analytics={analytics} />
              <p className={layout['soft']}>{say('analytics.asOf', { time: time(asOf) })}</p>
            </section>
            <section className={layout['card']} aria-label={say('analytics.byCategory')}>
              <h2>{say('analytics.byCategory')}</h2>
              <ListTools name="analytics" path="/api/inventory/analytics" parameters={parameters}>
                <Categories byCategory={analytics.byCategory} />
              </ListTools>
            </section>
            <Negative places={analytics.negativeOnHand} />
          </div>
        )}
      </Region>
    </div>
  );
}
