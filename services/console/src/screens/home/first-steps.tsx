import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { channelCommand, importCommand, reserveCommand } from '../../app/commands.js';
import { holdfast } from '../../app/holdfast.js';
import { hideFirstSteps, showsFirstSteps } from '../../app/preferences.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import { Failed, Hidden, Loading } from '../../ui/states.js';
import { useWords, type WordId } from '../../words/words.js';
import styles from './home.module.css';

interface Found {
  readonly locations: number;
  readonly skus: readonly string[];
  readonly named: boolean;
  readonly channels: number;
  readonly reserved: boolean;
}

/** Each step finds out by itself whether it is done. */
async function findOut(): Promise<Found> {
  const [locations, matrix, channels] = await Promise.all([
    holdfast.locations.list({ limit: 2 }),
    holdfast.views.matrix({ limit: 200 }),
    holdfast.channelStock.summarise(),
  ]);
  return {
    locations: locations.items.filter(({ registered }) => registered).length,
    skus: matrix.skus,
    named: matrix.names.some((name) => name !== null),
    channels: channels.channels.length,
    reserved: matrix.reserved.some((units) => units > 0),
  };
}

interface Step {
  readonly word: WordId;
  readonly isDone: boolean;
  readonly command: string;
  readonly link?: ReactNode;
}

function stepsOf({ locations, skus, named, channels, reserved }: Found, say: (id: WordId) => string): readonly Step[] {
  const sku = skus[0];
  const imports = <Link to="/imports">{say('menu.imports')}</Link>;
  const { origin } = window.location;
  return [
    {
      word: 'steps.location',
      isDone: locations > 0,
      link: imports,
      command: importCommand(origin, 'locations'),
    },
    {
      word: 'steps.products',
      isDone: named,
      link: imports,
      command: importCommand(origin, 'products'),
    },
    {
      word: 'steps.stock',
      isDone: skus.length > 0,
      link: imports,
      command: importCommand(origin, 'stock'),
    },
    {
      word: 'steps.channel',
      isDone: channels > 0,
      link: <Link to="/channels">{say('menu.channels')}</Link>,
      command: channelCommand(origin),
    },
    {
      word: 'steps.reserve',
      isDone: reserved,
      command: reserveCommand(origin, sku ?? 'TENT-2P'),
      ...(sku === undefined
        ? {}
        : {
            link: (
              <Link to="/sku/$sku" params={{ sku }}>
                {sku}
              </Link>
            ),
          }),
    },
  ];
}

function Steps({ found }: { readonly found: Found }): ReactNode {
  const { say } = useWords();
  return (
    <ol className={styles['steps']}>
      {stepsOf(found, say).map(({ word, isDone, command, link }) => (
        <li key={word} className={`${styles['step'] ?? ''} ${isDone ? (styles['isDone'] ?? '') : ''}`}>
          <span className={styles['mark']} aria-hidden="true">
            {isDone ? '✓' : '○'}
          </span>
          <span>
            {say(word)}
            <Hidden> ({say(isDone ? 'steps.done' : 'steps.open')})</Hidden>
          </span>
          <span>{link}</span>
          {isDone ? null : (
            <pre className={styles['command']} tabIndex={0}>
              {command}
            </pre>
          )}
        </li>
      ))}
    </ol>
  );
}

/** From an empty Holdfast to the first reservation. Can be hidden. */
export function FirstSteps(): ReactNode {
  const { say } = useWords();
  const [shown, setShown] = useState(showsFirstSteps);
  const mayStock = useMay('inventory.read');
  const mayLocations = useMay('locations.read');
  const enabled = shown && mayStock && mayLocations;
  const query = useQuery({ queryKey: ['first steps'], queryFn: findOut, enabled });
  if (!mayStock || !mayLocations) return null;
  return (
    <section aria-label={say('steps.title')}>
      <h2>{say('steps.title')}</h2>
      {shown && query.isPending ? <Loading rows={5} /> : null}
      {shown && query.error !== null ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {shown && query.data !== undefined ? <Steps found={query.data} /> : null}
      <Button
        look="quiet"
        onPress={() => {
          hideFirstSteps(shown);
          setShown(!shown);
        }}
      >
        {say(shown ? 'steps.hide' : 'steps.show')}
      </Button>
    </section>
  );
}
