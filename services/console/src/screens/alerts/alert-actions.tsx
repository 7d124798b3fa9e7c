import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ItemOf } from '@holdfast/client';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { useWords } from '../../words/words.js';

type Alert = ItemOf<'alerts.list', 'alerts'>;
const DAY_MS = 86_400_000;

/** Says that somebody has seen an alert, or keeps the next ones about the same from webhooks for a day. */
export function AlertActions({ alert }: { readonly alert: Alert }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const may = useMay('alerts.write');
  const { id, subject, type, sku, locationId, channelId, connectionId, acknowledgedBy, muted } = alert;
  const seen = useMutation({
    mutationFn: async () => {
      await holdfast.alerts.acknowledge(id, {});
      await queries.invalidateQueries({ queryKey: ['alerts'] });
    },
  });
  const mute = useMutation({
    mutationFn: async () => {
      const about = present({
        sku: sku ?? undefined,
        locationId: locationId ?? undefined,
        channelId: channelId ?? undefined,
        connectionId: connectionId ?? undefined,
      });
      const until = new Date(Date.now() + DAY_MS).toISOString();
      await holdfast.alertMutes.put(id, { ...about, type, until });
      await queries.invalidateQueries({ queryKey: ['alert mutes'] });
    },
  });
  const error = seen.error ?? mute.error;
  return (
    <>
      {acknowledgedBy === null ? null : <span className={layout['soft']}>{say('alerts.seenBy', { who: acknowledgedBy })}</span>}
      {muted ? <span className={layout['soft']}> · {say('alerts.muted')}</span> : null}
      {may ? (
        <div className={layout['tools']}>
          {acknowledgedBy === null ? (
            <Button isDisabled={seen.isPending} aria-label={`${say('alerts.acknowledge')}: ${subject}`} onPress={() => seen.mutate()}>
              {say('alerts.acknowledge')}
            </Button>
          ) : null}
          <Button
            isDisabled={mute.isPending || mute.isSuccess}
            aria-label={`${say('alerts.mute')}: ${subject}`}
            onPress={() => mute.mutate()}
          >
            {say('alerts.mute')}
          </Button>
        </div>
      ) : null}
      {error === null ? null : <Failed error={error} />}
    </>
  );
}
