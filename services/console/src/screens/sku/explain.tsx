import type { ValueOf } from '@holdfast/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { addsUp, barsOf, type Bar } from '../../charts/waterfall.js';
import { Region } from '../../ui/states.js';
import { EventName } from '../../ui/event-name.js';
import { useFormats } from '../../words/format.js';
import { useWords, type WordId } from '../../words/words.js';
import { FigureChoice } from './figure-choice.js';
import styles from './sku.module.css';

type Explained = ValueOf<'stockFigures.explain'>;
type ExplainedStep = Explained['steps'][number];
type StepEvent = ExplainedStep['events'][number];

const route = getRouteApi('/sku/$sku/');

function Event({ event }: { readonly event: StepEvent }): ReactNode {
  const { difference, time, exactTime } = useFormats();
  const { say } = useWords();
  const about = [event.locationId, event.channelId, event.documentId, event.actor].filter((part) => part !== undefined);
  return (
    <li>
      <EventName type={event.type} /> {difference(event.units)}
      <div className={styles['soft']}>
        <time dateTime={event.effectiveAt} title={exactTime(event.effectiveAt)}>
          {time(event.effectiveAt)}
        </time>
        {event.recordedAt === event.effectiveAt ? null : <> · {say('explain.knownSince', { time: time(event.recordedAt) })}</>}
        {about.length === 0 ? null : <> · {about.join(' · ')}</>}
      </div>
    </li>
  );
}

function Step({ step, bar }: { readonly step: ExplainedStep; readonly bar: Bar | undefined }): ReactNode {
  const { say } = useWords();
  const { difference, units } = useFormats();
  return (
    <tr>
      <th scope="row">{say(`step.${step.step}` as WordId)}</th>
      <td className={styles['number']}>{difference(step.units)}</td>
      <td>
        <div className={styles['track']} aria-hidden="true">
          {bar === undefined ? null : (
            <div
              className={`${styles['bar'] ?? ''} ${styles[bar.direction] ?? ''}`}
              style={{ left: `${bar.startPercent}%`, width: `${bar.widthPercent}%` }}
            />
          )}
        </div>
      </td>
      <td className={styles['number']}>{units(step.left)}</td>
      <td>
        <ul className={styles['events']}>
          {step.events.map((event) => (
            <Event key={`${event.eventId}|${event.locationId ?? ''}`} event={event} />
          ))}
        </ul>
        {step.count > step.events.length ? (
          <span className={styles['soft']}>{say('explain.more', { count: step.count - step.events.length })}</span>
        ) : null}
      </td>
    </tr>
  );
}

function Waterfall({ explained }: { readonly explained: Explained }): ReactNode {
  const { say } = useWords();
  const { units, exactTime } = useFormats();
  const bars = barsOf(explained.steps);
  const isWhole = addsUp(explained.steps, explained.units);
  return (
    <section className={styles['card']} aria-label={say('sku.explain')}>
      <div className={styles['figure']}>
        <span className={styles['units']}>{units(explained.units)}</span>
        <span>
          {say(explained.figure === 'channelAtp' ? 'explain.channelAtp' : 'explain.available')}
          {explained.knownAt === null ? null : <> · {say('explain.asKnownAt', { time: exactTime(explained.knownAt) })}</>}
        </span>
        <span className={isWhole ? styles['sum'] : styles['noSum']} role="status">
          {isWhole ? `✓ ${say('explain.addsUp')}` : `✗ ${say('explain.doesNotAddUp')}`}
        </span>
      </div>
      <div className={styles['scroll']} tabIndex={0} role="group" aria-label={say('explain.steps')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{say('explain.step')}</th>
              <th scope="col" className={styles['number']}>
                {say('explain.change')}
              </th>
              <th scope="col" aria-hidden="true" />
              <th scope="col" className={styles['number']}>
                {say('explain.left')}
              </th>
              <th scope="col">{say('explain.because')}</th>
            </tr>
          </thead>
          <tbody>
            {explained.steps.map((step, index) => (
              <Step key={step.step} step={step} bar={bars[index]} />
            ))}
          </tbody>
        </table>
      </div>
      {explained.explainedFrom === 0 ? null : (
        <p className={styles['soft']}>{say('explain.from', { revision: explained.explainedFrom })}</p>
      )}
    </section>
  );
}

/** What a figure is made of, step by step, checked here. */
export function Explain(): ReactNode {
  const { sku } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { location, channel, at, knownAt } = search;
  const query = useQuery({
    queryKey: ['explain', sku, search],
    queryFn: () => holdfast.stockFigures.explain(sku, present({ locationId: location, channelId: channel, at, knownAt })),
    placeholderData: (before: Explained | undefined) => before,
  });
  return (
    <>
      <div className={styles['tools']}>
        <FigureChoice
          search={search}
          onChange={(next) => void navigate({ to: '/sku/$sku', params: { sku }, search: next, replace: true })}
        />
      </div>
      <Region needs="inventory.read" query={query} rows={8}>
        {(explained) => <Waterfall explained={explained} />}
      </Region>
    </>
  );
}
