import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import layout from '../../ui/layout.module.css';
import { NoPermission } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { useWords } from '../../words/words.js';
import { Webhooks } from '../alerts/webhooks.js';
import { Snippets } from './snippet.js';
import { TOPICS } from './snippets.js';

/** A SKU of the tenant; one that nobody has where there is none, or where the key may see none. */
function useOwnSku(): string {
  const enabled = useMay('inventory.read');
  const { data } = useQuery({ queryKey: ['own sku'], queryFn: async () => await holdfast.views.matrix({ limit: 1 }), enabled });
  return data?.skus[0] ?? 'TENT-2P';
}

const DOCUMENTS = ['/docs', '/openapi.json', '/graphql', '/health/ready'] as const;

/** Where the API answers; GraphQL takes POST only, so it is no link. */
function Addresses({ origin }: { readonly origin: string }): ReactNode {
  const { say } = useWords();
  return (
    <section className={layout['card']} aria-label={say('developers.addresses')}>
      <h2>{say('developers.addresses')}</h2>
      <dl className={layout['facts']}>
        {DOCUMENTS.map((path) => (
          <div key={path}>
            <dt>{say(`developers.address.${path}`)}</dt>
            <dd translate="no">
              {path === '/graphql' ? (
                <code>
                  POST {origin}
                  {path}
                </code>
              ) : (
                <a href={path}>
                  <code>
                    {origin}
                    {path}
                  </code>
                </a>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Topics(): ReactNode {
  const { say } = useWords();
  return (
    <section className={layout['card']} aria-label={say('developers.topics')}>
      <h2>{say('developers.topics')}</h2>
      <p>{say('developers.topicsText')}</p>
      <Table
        label={say('developers.topics')}
        rows={TOPICS}
        keyOf={([topic]) => topic}
        columns={[
          { head: say('developers.topic'), cell: ([topic]) => <code translate="no">{topic}</code> },
          { head: say('developers.carries'), cell: ([, word]) => say(word) },
        ]}
      />
    </section>
  );
}

/** What a program needs: a key, calls to copy with a SKU of the tenant, the addresses, topics and webhooks. */
export function Developers(): ReactNode {
  const { say } = useWords();
  const sku = useOwnSku();
  const maySeeWebhooks = useMay('alerts.read');
  const { origin } = window.location;
  return (
    <div className={layout['page']}>
      <h1>{say('developers.title')}</h1>
      <section className={layout['card']} aria-label={say('developers.key')}>
        <h2>{say('developers.key')}</h2>
        <p>
          {say('developers.keyText')} <Link to="/keys">{say('menu.keys')}</Link>
        </p>
        <pre className={layout['code']} tabIndex={0}>
          export HOLDFAST_API_KEY=hf_…
        </pre>
      </section>
      <Snippets subject={{ origin, sku }} />
      <Addresses origin={origin} />
      {maySeeWebhooks ? <Webhooks /> : <NoPermission permission="alerts.read" />}
      <Topics />
    </div>
  );
}
