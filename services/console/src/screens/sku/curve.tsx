import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { curveOf, extentOf, pathOf, type Change, type Point } from '../../charts/steps.js';
import { Region } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { Unfolded } from '../../ui/unfolded.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import styles from './sku.module.css';

/** Events that are drawn at most. */
const MOST = 200;
const [WIDTH, HEIGHT] = [600, 120];

interface Drawn {
  readonly points: readonly Point[];
  readonly now: number;
  readonly until: number;
  readonly isWhole: boolean;
}

/** On hand over all locations: what it is, and back from there by the newest events. */
async function readCurve(sku: string): Promise<Drawn> {
  const [asOf, { events, nextCursor }] = await Promise.all([
    holdfast.stockAsOf.get(sku, {}),
    holdfast.stockEvents.list(sku, { limit: MOST }),
  ]);
  const now = asOf.locations.reduce((sum, { onHand }) => sum + onHand, 0);
  const changes = events.map(({ effectiveAt, moved }): Change => ({
    at: Date.parse(effectiveAt),
    delta: moved.reduce((sum, { onHand }) => sum + onHand, 0),
  }));
  return { points: curveOf(changes, now), now, until: Date.now(), isWhole: nextCursor === undefined };
}

function Steps({ points, now, until, isWhole }: Drawn): ReactNode {
  const { say } = useWords();
  const { units, time } = useFormats();
  const [first] = points;
  if (first === undefined) return null;
  const { lowest, highest } = extentOf(points);
  return (
    <figure className={styles['curve']}>
      <figcaption>
        {say('curve.finding', {
          ...{ from: time(first.at), to: time(until), lowest: units(lowest), highest: units(highest), now: units(now) },
        })}{' '}
        {isWhole ? null : <span className={styles['soft']}>{say('curve.older', { count: units(MOST) })}</span>}
      </figcaption>
      <svg viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={pathOf(points, until, WIDTH, HEIGHT)} vectorEffect="non-scaling-stroke" />
      </svg>
      <Unfolded summary={say('curve.asTable')}>
        <Table
          label={say('curve.title')}
          rows={points.map((point, place) => ({ ...point, place }))}
          keyOf={({ place }) => String(place)}
          columns={[
            { head: say('history.at'), cell: ({ at }) => <When at={new Date(at).toISOString()} /> },
            { head: say('positions.onHand'), isNumber: true, cell: (point) => units(point.units) },
          ]}
        />
      </Unfolded>
    </figure>
  );
}

/** On hand over time, as a line and as a table. */
export function Curve({ sku }: { readonly sku: string }): ReactNode {
  const { say } = useWords();
  const enabled = useMay('inventory.read');
  const query = useQuery({ queryKey: ['curve', sku], queryFn: async () => await readCurve(sku), enabled });
  return (
    <section className={styles['card']} aria-label={say('curve.title')}>
      <h2>{say('curve.title')}</h2>
      <Region needs="inventory.read" query={query} rows={4}>
        {(drawn) => <Steps {...drawn} />}
      </Region>
    </section>
  );
}
