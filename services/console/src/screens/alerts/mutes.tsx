import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useWords } from '../../words/words.js';

/** What no address is told for a while; nothing where there is none. */
export function Mutes(): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const may = useMay('alerts.write');
  const query = useQuery({ queryKey: ['alert mutes'], queryFn: async () => await holdfast.alertMutes.list() });
  const end = useMutation({
    mutationFn: async (muteId: string) => {
      await holdfast.alertMutes.remove(muteId);
      await queries.invalidateQueries({ queryKey: ['alert mutes'] });
    },
  });
  const mutes = query.data?.mutes ?? [];
  if (mutes.length === 0) return null;
  return (
    <section className={layout['card']} aria-label={say('alerts.mutes')}>
      <h2>{say('alerts.mutes')}</h2>
      <Table
        label={say('alerts.mutes')}
        rows={mutes}
        keyOf={({ muteId }) => muteId}
        columns={[
          { head: say('alerts.alert'), cell: ({ type }) => (type === null ? say('filter.all') : say(`alerts.type.${type}`)) },
          {
            head: say('alerts.about'),
            cell: ({ sku, channelId, connectionId, locationId }) =>
              [sku, channelId, connectionId, locationId].filter((each) => each !== null).join(' · '),
          },
          { head: say('alerts.until'), cell: ({ until }) => <When at={until} /> },
          {
            head: say('channels.actions'),
            cell: ({ muteId, sku }) => (
              <Button
                isDisabled={!may || end.isPending}
                aria-label={`${say('alerts.unmute')}: ${sku ?? muteId}`}
                onPress={() => end.mutate(muteId)}
              >
                {say('alerts.unmute')}
              </Button>
            ),
          },
        ]}
      />
      {end.error === null ? null : <Failed error={end.error} />}
    </section>
  );
}
