import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { Button, Dialog } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Region } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';

const NEWEST = 50;

/** The newest calls of an address, with what it answered. */
export function Attempts({ webhookId, onClose }: { readonly webhookId: string; onClose(): void }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const query = useQuery({
    queryKey: ['alert webhook attempts', webhookId],
    queryFn: async () => await holdfast.alertWebhooks.attempts(webhookId, { limit: NEWEST }),
  });
  return (
    <Dialog title={`${say('webhooks.attempts')}: ${webhookId}`} onClose={onClose}>
      <Region needs="alerts.read" query={query} rows={2}>
        {({ attempts }) =>
          attempts.length === 0 ? (
            <p>{say('webhooks.noAttempts')}</p>
          ) : (
            <Table
              label={say('webhooks.attempts')}
              rows={attempts}
              keyOf={({ at, alertId, tookMs }) => `${at}|${alertId ?? ''}|${String(tookMs)}`}
              columns={[
                { head: say('history.at'), cell: ({ at }) => <When at={at} /> },
                { head: say('alerts.alert'), cell: ({ type }) => type },
                {
                  head: say('mappings.status'),
                  cell: ({ outcome, says }) => (
                    <span className={layout[outcome === 'delivered' ? 'good' : 'bad']}>
                      {outcome === 'delivered' ? '✓' : '✗'} {says}
                    </span>
                  ),
                },
                { head: 'ms', isNumber: true, cell: ({ tookMs }) => units(tookMs) },
              ]}
            />
          )
        }
      </Region>
      <Button onPress={onClose}>{say('replenishment.close')}</Button>
    </Dialog>
  );
}
