import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Checks } from '../../ui/checks.js';
import { Button } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { useWords } from '../../words/words.js';
import type { Channel } from './health.js';

/** Tries the connection, tells the channel all figures anew, and starts or stops telling it anything. */
export function Tests({ channel: { channelId, enabled } }: { readonly channel: Channel }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [mayWrite, maySync] = [useMay('channels.write'), useMay('channels.sync')];
  const test = useMutation({ mutationFn: async () => await holdfast.channels.test(channelId) });
  const push = useMutation({ mutationFn: async () => await holdfast.sync.pushToOne(channelId, {}) });
  const toggle = useMutation({
    mutationFn: async () => {
      await (enabled ? holdfast.channels.disable(channelId) : holdfast.channels.enable(channelId));
      await queries.invalidateQueries();
    },
  });
  const error = test.error ?? push.error ?? toggle.error;
  return (
    <section className={layout['card']} aria-label={say('channels.actions')}>
      <div className={layout['tools']}>
        <Button isDisabled={!mayWrite || test.isPending} onPress={() => test.mutate()}>
          {say('channels.test')}
        </Button>
        <Button isDisabled={!maySync || push.isPending || !enabled} onPress={() => push.mutate()}>
          {say('channels.pushAll')}
        </Button>
        <Button isDisabled={!mayWrite || toggle.isPending} onPress={() => toggle.mutate()}>
          {say(enabled ? 'channels.disable' : 'channels.enable')}
        </Button>
      </div>
      {push.isSuccess ? <p role="status">✓ {say('channels.queued', { count: push.data.queued })}</p> : null}
      {test.isSuccess ? <Checks label={say('channels.testResult')} checks={test.data.checks} /> : null}
      {error === null ? null : <Failed error={error} />}
    </section>
  );
}
