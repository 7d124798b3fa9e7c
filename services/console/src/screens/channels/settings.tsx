import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Form, Select, TextField } from '../../ui/controls.js';
import { shown } from '../../ui/json.js';
import layout from '../../ui/layout.module.css';
import { Region } from '../../ui/states.js';
import { When } from '../../ui/when.js';
import { useFaults } from '../../ui/use-faults.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { channelQuery } from './channel-query.js';
import type { Channel } from './health.js';
import { Tests } from './tests.js';

const route = getRouteApi('/channels/$channelId');
const STRATEGIES = ['master_wins', 'channel_wins', 'lower_wins', 'manual'] as const;
type Strategy = (typeof STRATEGIES)[number];
const FIGURES = ['bufferUnits', 'bufferPercent', 'lowThreshold', 'criticalThreshold'] as const;
/** Seconds that tune how a channel is compared. */
const TIMES = ['reconcileEverySeconds', 'orderWithinSeconds'] as const;
const NUMBERS = [...FIGURES, ...TIMES] as const;
type Numbers = Record<(typeof NUMBERS)[number], string>;

function Delivery({ channel: { delivery } }: { readonly channel: Channel }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  return (
    <section className={layout['card']} aria-label={say('channels.health')}>
      <dl className={layout['facts']}>
        <div>
          <dt>{say('channels.due')}</dt>
          <dd>{units(delivery.due)}</dd>
        </div>
        <div>
          <dt>{say('channels.failures')}</dt>
          <dd>{units(delivery.failures)}</dd>
        </div>
        <div>
          <dt>{say('channels.lastSuccess')}</dt>
          <dd>
            <When at={delivery.lastSuccess} />
          </dd>
        </div>
        {delivery.retryAt === null ? null : (
          <div>
            <dt>{say('channels.retryAt')}</dt>
            <dd>
              <When at={delivery.retryAt} />
            </dd>
          </div>
        )}
      </dl>
      {delivery.error === null ? null : <p className={layout['bad']}>✗ {delivery.error}</p>}
    </section>
  );
}

/** What the channel may promise of the stock, and which figure counts where both differ. */
function Policy({ channel }: { readonly channel: Channel }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const mayWrite = useMay('channels.write');
  const { channelId, policy } = channel;
  const { reconcileEverySeconds, orderWithinSeconds } = channel;
  const before: Record<keyof Numbers, number> = { ...policy, reconcileEverySeconds, orderWithinSeconds };
  const [figures, setFigures] = useState<Numbers>(() => Object.fromEntries(NUMBERS.map((name) => [name, String(before[name])])) as Numbers);
  const [strategy, setStrategy] = useState(channel.conflictStrategy);
  const save = useMutation({
    mutationFn: async () => {
      // Only what was changed here is sent: what others changed meanwhile stays.
      const changedOf = (names: readonly (keyof Numbers)[]) =>
        names.filter((name) => Number(figures[name]) !== before[name]).map((name) => [name, Number(figures[name])]);
      const changed = changedOf(FIGURES);
      await holdfast.channels.put(channelId, {
        ...(changed.length === 0 ? {} : { policy: Object.fromEntries(changed) as Record<string, number> }),
        ...(Object.fromEntries(changedOf(TIMES)) as Record<string, number>),
        ...(strategy === channel.conflictStrategy ? {} : { conflictStrategy: strategy as Strategy }),
      });
      await queries.invalidateQueries();
    },
  });
  const { named, other } = useFaults(save.error, NUMBERS);
  return (
    <section className={layout['card']} aria-label={say('channels.policy')}>
      <h2>{say('channels.policy')}</h2>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <div className={layout['tools']}>
          {NUMBERS.map((name) => (
            <TextField
              key={name}
              label={say(`channels.${name}`)}
              name={name}
              kind="number"
              isRequired
              isReadOnly={!mayWrite}
              value={figures[name]}
              onChange={(value) => setFigures({ ...figures, [name]: value })}
            />
          ))}
          <Select
            label={say('channels.strategy')}
            value={strategy}
            options={STRATEGIES.map((value) => ({ value, text: say(`channels.strategy.${value}`) }))}
            onChange={setStrategy}
          />
        </div>
        {other === undefined ? null : (
          <p className={layout['bad']} role="alert">
            {other}
          </p>
        )}
        {mayWrite ? (
          <div className={layout['tools']}>
            <Button type="submit" look="primary" isDisabled={save.isPending}>
              {say('actions.save')}
            </Button>
            {save.isSuccess ? <span role="status">✓ {say('actions.saved')}</span> : null}
          </div>
        ) : (
          <p className={layout['soft']}>
            {say('state.permissionNeeded')} <code>channels.write</code>
          </p>
        )}
      </Form>
    </section>
  );
}

/** Settings as the vendor's side needs them; of credentials only the names are ever shown. */
function Account({ channel }: { readonly channel: Channel }): ReactNode {
  const { say } = useWords();
  return (
    <section className={layout['card']} aria-label={say('channels.account')}>
      <h2>{say('channels.account')}</h2>
      <pre className={layout['code']} tabIndex={0}>
        {shown(channel.settings)}
      </pre>
      <p>
        {say('channels.credentials')}: <code>{channel.credentials.join(', ')}</code>
      </p>
      <p>
        {say('channels.locations')}:{' '}
        <code>{channel.locations.map(({ locationId, remoteId }) => `${locationId} = ${remoteId}`).join(', ')}</code>
      </p>
    </section>
  );
}

/** One channel: its health, its policy, its account, and tests of the connection. */
export function ChannelSettings(): ReactNode {
  const { channelId } = route.useParams();
  const query = useQuery(channelQuery(channelId));
  return (
    <Region needs="channels.read" query={query}>
      {(channel) => (
        <div className={layout['page']}>
          <Delivery channel={channel} />
          <Tests channel={channel} />
          <Policy key={channelId} channel={channel} />
          <Account channel={channel} />
        </div>
      )}
    </Region>
  );
}
