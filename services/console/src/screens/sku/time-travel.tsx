import { ApiError, type ValueOf } from '@holdfast/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useId, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { Button, TextField } from '../../ui/controls.js';
import { EventName } from '../../ui/event-name.js';
import { sentenceOf } from '../../ui/faults.js';
import { Empty, Region } from '../../ui/states.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { isoOf, localOf, placeOf, timeAt } from './clocks.js';
import type { FigureSearch } from './search.js';
import styles from './sku.module.css';

type AsOf = ValueOf<'stockAsOf.get'>;

const route = getRouteApi('/sku/$sku/time');

interface ClockProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | undefined;
  readonly from: number;
  readonly to: number;
  onChange(iso: string | undefined): void;
}

/** One of the two clocks: dragged or typed. */
function Clock({ label, hint, value, from, to, onChange }: ClockProps): ReactNode {
  const { say } = useWords();
  const id = useId();
  return (
    <div className={styles['clock']}>
      <TextField
        label={label}
        hint={hint}
        kind="datetime-local"
        step={0.001}
        value={localOf(value)}
        onChange={(local) => onChange(isoOf(local))}
      />
      <label className={styles['soft']} htmlFor={id}>
        {say('time.drag', { clock: label })}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={1_000}
        value={placeOf(value, from, to)}
        onChange={({ target }) => onChange(target.valueAsNumber >= 1_000 ? undefined : timeAt(target.valueAsNumber, from, to))}
      />
    </div>
  );
}

/** Heads of the figures: each balance as it was, as it was known then, and the difference of both. */
const FIGURES = [
  'time.onHand',
  'time.believed',
  'time.hindsight',
  'step.reserved',
  'time.believed',
  'time.hindsight',
  'explain.available',
] as const;

function Balances({ asOf }: { readonly asOf: AsOf }): ReactNode {
  const { say } = useWords();
  const { units, difference } = useFormats();
  const cells = (now: number, then: number): ReactNode => (
    <>
      <td className={styles['number']}>{units(now)}</td>
      <td className={styles['number']}>{units(then)}</td>
      <td className={styles['number']}>{now === then ? '' : difference(now - then)}</td>
    </>
  );
  return (
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label={say('time.balances')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{say('explain.location')}</th>
            {FIGURES.map((figure, place) => (
              <th key={place} scope="col" className={styles['number']}>
                {say(figure)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {asOf.locations.map((location) => (
            <tr key={location.locationId}>
              <th scope="row">{location.locationId}</th>
              {cells(location.onHand, location.onHandKnownThen)}
              {cells(location.reserved, location.reservedKnownThen)}
              <td className={styles['number']}>{units(location.available)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Late({ asOf }: { readonly asOf: AsOf }): ReactNode {
  const { say } = useWords();
  const { difference, exactTime } = useFormats();
  if (asOf.late.count === 0) return <p>{say('time.nothingLate')}</p>;
  return (
    <section aria-label={say('time.late')}>
      <h2>{say('time.lateCount', { count: asOf.late.count })}</h2>
      <ul className={styles['events']}>
        {asOf.late.events.map((event) => (
          <li key={event.eventId}>
            <EventName type={event.type} /> {difference(event.units)}{' '}
            <span className={styles['soft']}>
              {say('time.wasAndKnown', { was: exactTime(event.effectiveAt), known: exactTime(event.recordedAt) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The stock as it was at a time, by what was known at a time. */
export function TimeTravel(): ReactNode {
  const { say } = useWords();
  const { sku } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { at, knownAt } = search;
  const now = Date.now();
  const beginning = useQuery({ queryKey: ['as-of', sku, 'now'], queryFn: async () => await holdfast.stockAsOf.get(sku, {}) });
  const query = useQuery({
    queryKey: ['as-of', sku, at, knownAt],
    queryFn: async () => await holdfast.stockAsOf.get(sku, present({ at, knownAt })),
    placeholderData: (before: AsOf | undefined) => before,
  });
  const beginningOf = (iso: string | undefined): number => (iso === undefined ? now : Date.parse(iso));
  // What was is older than what was known of it, where a movement was recorded late.
  const [movedFrom, knownFrom] = [beginningOf(beginning.data?.effectiveFrom), beginningOf(beginning.data?.knownFrom)];
  const change = (part: FigureSearch | Record<string, string | undefined>): void =>
    void navigate({ to: '/sku/$sku/time', params: { sku }, search: present({ ...search, ...part }), replace: true });
  const isBefore = query.error instanceof ApiError && query.error.code === 'before_first_event';
  return (
    <>
      <div className={styles['clocks']}>
        <Clock
          label={say('time.at')}
          hint={say('time.atHint')}
          value={at}
          from={movedFrom}
          to={now}
          onChange={(iso) => change({ at: iso })}
        />
        <Clock
          label={say('time.knownAt')}
          hint={say('time.knownAtHint')}
          value={knownAt}
          from={knownFrom}
          to={now}
          onChange={(iso) => change({ knownAt: iso })}
        />
      </div>
      <div className={styles['tools']}>
        <Button onPress={() => change({ at: undefined, knownAt: undefined })}>{say('time.now')}</Button>
        <Link to="/sku/$sku" params={{ sku }} search={search}>
          {say('time.explain')}
        </Link>
      </div>
      {isBefore ? (
        <Empty title={say('time.before')}>{query.error === null ? null : sentenceOf(query.error)}</Empty>
      ) : (
        <Region needs="inventory.read" query={query}>
          {(asOf) => (
            <div className={styles['card']}>
              <Balances asOf={asOf} />
              <Late asOf={asOf} />
            </div>
          )}
        </Region>
      )}
    </>
  );
}
