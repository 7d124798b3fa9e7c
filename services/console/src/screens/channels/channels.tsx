import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Empty, Region } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { Connect } from './connect.js';
import { Health, type Channel } from './health.js';

const REFRESH_MS = 5_000;

function List({ channels }: { readonly channels: readonly Channel[] }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  if (channels.length === 0)
    return (
      <Empty title={say('channels.none')}>
        <p>{say('channels.noneText')}</p>
      </Empty>
    );
  return (
    <Table
      label={say('channels.title')}
      rows={channels}
      keyOf={({ channelId }) => channelId}
      columns={[
        {
          head: say('channels.channel'),
          cell: ({ channelId, name }) => (
            <Link to="/channels/$channelId" params={{ channelId }}>
              {name}
            </Link>
          ),
        },
        { head: say('channels.provider'), cell: ({ provider }) => provider },
        { head: say('channels.health'), cell: (channel) => <Health channel={channel} /> },
        { head: say('channels.due'), isNumber: true, cell: ({ delivery }) => units(delivery.due) },
        { head: say('channels.lastSuccess'), cell: ({ delivery }) => <When at={delivery.lastSuccess} /> },
        { head: say('channels.fault'), cell: ({ delivery }) => <span className={layout['bad']}>{delivery.error}</span> },
      ]}
    />
  );
}

/** Every channel with its health, and how to connect one more. */
export function Channels(): ReactNode {
  const { say } = useWords();
  const may = useMay('channels.read');
  const mayWrite = useMay('channels.write');
  const [isConnecting, setConnecting] = useState(false);
  const query = useQuery({
    queryKey: ['channels'],
    queryFn: async () => await holdfast.channels.list(),
    enabled: may,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('channels.title')}</h1>
      {mayWrite ? (
        <div className={layout['tools']}>
          <Button look="primary" onPress={() => setConnecting(true)}>
            {say('channels.connect')}
          </Button>
        </div>
      ) : null}
      <Region needs="channels.read" query={query}>
        {({ channels }) => <List channels={channels} />}
      </Region>
      {isConnecting ? <Connect onClose={() => setConnecting(false)} /> : null}
    </div>
  );
}
