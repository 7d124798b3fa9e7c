import type { ItemOf } from '@holdfast/client';
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

export type Connection = ItemOf<'connections.list', 'connections'>;
const LOOKS = { ok: 'good', waiting: 'warn', failing: 'bad', paused: 'warn', disabled: 'soft' } as const;
const REFRESH_MS = 5_000;
/** More connections are not shown. */
const MOST = 1_000;

/** How reading from the ERP goes; one without a poller sends by itself. */
export function Polled({ connection: { poller } }: { readonly connection: Connection }): ReactNode {
  const { say } = useWords();
  if (poller === null) return <span className={layout['soft']}>{say('erp.pushes')}</span>;
  return (
    <>
      <span className={layout[LOOKS[poller.status]]}>{say(`erp.status.${poller.status}`)}</span>
      {poller.error === null ? null : <div className={layout['bad']}>{poller.error}</div>}
    </>
  );
}

function List({ connections }: { readonly connections: readonly Connection[] }): ReactNode {
  const { say } = useWords();
  if (connections.length === 0) return <Empty title={say('erp.none')}>{say('erp.noneText')}</Empty>;
  return (
    <Table
      label={say('erp.title')}
      rows={connections}
      keyOf={({ id }) => id}
      columns={[
        {
          head: say('channels.name'),
          cell: ({ id, name }) => (
            <Link to="/erp/$connectionId" params={{ connectionId: id }}>
              {name}
            </Link>
          ),
        },
        { head: say('erp.system'), cell: ({ system }) => system },
        { head: say('erp.polling'), cell: (connection) => <Polled connection={connection} /> },
        { head: say('erp.readAt'), cell: ({ poller }) => (poller === null ? '–' : <When at={poller.readAt} />) },
      ]}
    />
  );
}

/** Messages whose warehouse has no location yet, by warehouse. */
function Parked(): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const may = useMay('erp.read');
  const query = useQuery({
    queryKey: ['parked'],
    queryFn: async () => await holdfast.parkedMessages.list({ limit: 1 }),
    enabled: may,
    refetchInterval: REFRESH_MS,
  });
  return (
    <section className={layout['card']} aria-label={say('erp.parked')}>
      <h2>{say('erp.parked')}</h2>
      <Region needs="erp.read" query={query} rows={2}>
        {({ warehouses }) =>
          warehouses.length === 0 ? (
            <p>✓ {say('erp.noneParked')}</p>
          ) : (
            <>
              <p>{say('erp.parkedText')}</p>
              <Table
                label={say('erp.parked')}
                rows={warehouses}
                keyOf={({ connectionId, warehouseId }) => `${connectionId}|${warehouseId}`}
                columns={[
                  {
                    head: say('erp.connection'),
                    cell: ({ connectionId }) => (
                      <Link to="/erp/$connectionId" params={{ connectionId }}>
                        {connectionId}
                      </Link>
                    ),
                  },
                  { head: say('erp.warehouse'), cell: ({ warehouseId }) => warehouseId },
                  { head: say('erp.messages'), isNumber: true, cell: ({ messages }) => units(messages) },
                ]}
              />
            </>
          )
        }
      </Region>
    </section>
  );
}

/** ERPs that tell of stock, and what waits because nobody said which location a warehouse is. */
export function Erp(): ReactNode {
  const { say } = useWords();
  const mayWrite = useMay('erp.write');
  const [connects, setConnects] = useState(false);
  const may = useMay('erp.read');
  const query = useQuery({
    queryKey: ['erp'],
    queryFn: async () => await holdfast.connections.list({ limit: 100 }).first(MOST),
    enabled: may,
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('erp.title')}</h1>
      {mayWrite ? (
        <div>
          <Button look="primary" onPress={() => setConnects(true)}>
            {say('erp.connect')}
          </Button>
        </div>
      ) : null}
      <Region needs="erp.read" query={query}>
        {(connections) => <List connections={connections} />}
      </Region>
      {may ? <Parked /> : null}
      {connects ? <Connect onClose={() => setConnects(false)} /> : null}
    </div>
  );
}
