import type { ValueOf } from '@holdfast/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Form, TextField } from '../../ui/controls.js';
import { sentenceOf } from '../../ui/faults.js';
import layout from '../../ui/layout.module.css';
import { Region } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useFaults } from '../../ui/use-faults.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { Attempts } from './attempts.js';

type Webhook = ValueOf<'alertWebhooks.get'>;
const FIELDS = ['webhookId', 'url'];
const LOOKS = { working: 'good', failing: 'bad', gone: 'bad' } as const;

/** Sends a message that says it is a test, or takes the address out. */
function Actions({ webhook: { webhookId } }: { readonly webhook: Webhook }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const may = useMay('alerts.write');
  const [isOpen, setOpen] = useState(false);
  const test = useMutation({ mutationFn: async () => await holdfast.alertWebhooks.test(webhookId) });
  const remove = useMutation({
    mutationFn: async () => {
      await holdfast.alertWebhooks.remove(webhookId);
      await queries.invalidateQueries({ queryKey: ['alert webhooks'] });
    },
  });
  const error = test.error ?? remove.error;
  return (
    <>
      <div className={layout['tools']}>
        <Button isDisabled={!may || test.isPending} aria-label={`${say('webhooks.test')}: ${webhookId}`} onPress={() => test.mutate()}>
          {say('webhooks.test')}
        </Button>
        <Button aria-label={`${say('webhooks.attempts')}: ${webhookId}`} onPress={() => setOpen(true)}>
          {say('webhooks.attempts')}
        </Button>
        <Button
          isDisabled={!may || remove.isPending}
          aria-label={`${say('webhooks.remove')}: ${webhookId}`}
          onPress={() => remove.mutate()}
        >
          {say('webhooks.remove')}
        </Button>
      </div>
      {test.data === undefined ? null : (
        <p role="status" className={layout[test.data.ok ? 'good' : 'bad']}>
          {test.data.ok ? '✓' : '✗'} {test.data.says}
        </p>
      )}
      {isOpen ? <Attempts webhookId={webhookId} onClose={() => setOpen(false)} /> : null}
      {error === null ? null : (
        <p className={layout['bad']} role="alert">
          {sentenceOf(error)}
        </p>
      )}
    </>
  );
}

function Add(): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [webhookId, setId] = useState('');
  const [url, setUrl] = useState('');
  const put = useMutation({
    mutationFn: async () => {
      const made = await holdfast.alertWebhooks.put(webhookId, { url });
      await queries.invalidateQueries({ queryKey: ['alert webhooks'] });
      return made;
    },
    onSuccess: () => {
      setId('');
      setUrl('');
    },
  });
  const { named, other } = useFaults(put.error, FIELDS);
  return (
    <Form
      className={layout['form'] ?? ''}
      validationErrors={named}
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate();
      }}
    >
      <div className={layout['tools']}>
        <TextField label={say('channels.id')} name="webhookId" value={webhookId} onChange={setId} isRequired />
        <TextField label={say('webhooks.url')} name="url" value={url} onChange={setUrl} isRequired />
        <Button type="submit" isDisabled={put.isPending}>
          {say('webhooks.add')}
        </Button>
      </div>
      {put.data?.secret === undefined ? null : (
        <p role="status">
          {say('webhooks.secret')} <code className={layout['digest']}>{put.data.secret}</code>
        </p>
      )}
      {other === undefined ? null : (
        <p className={layout['bad']} role="alert">
          {other}
        </p>
      )}
    </Form>
  );
}

/** Addresses that alerts are posted to, and how that goes. */
export function Webhooks(): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const mayWrite = useMay('alerts.write');
  const query = useQuery({ queryKey: ['alert webhooks'], queryFn: async () => await holdfast.alertWebhooks.list() });
  return (
    <section className={layout['card']} aria-label={say('webhooks.title')}>
      <h2>{say('webhooks.title')}</h2>
      <Region needs="alerts.read" query={query} rows={2}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <p>{say('webhooks.none')}</p>
          ) : (
            <Table
              label={say('webhooks.title')}
              rows={webhooks}
              keyOf={({ webhookId }) => webhookId}
              columns={[
                {
                  head: say('webhooks.url'),
                  cell: ({ webhookId, url }) => (
                    <>
                      <strong>{webhookId}</strong>
                      <div className={layout['digest']}>{url}</div>
                    </>
                  ),
                },
                {
                  head: say('mappings.status'),
                  cell: ({ state, fault, failures }) => (
                    <>
                      <span className={layout[LOOKS[state]]}>{say(`webhooks.state.${state}`)}</span>
                      {failures === 0 ? null : <div>{say('webhooks.failures', { count: failures })}</div>}
                      {fault === null ? null : <div className={layout['bad']}>{fault}</div>}
                    </>
                  ),
                },
                {
                  head: say('webhooks.types'),
                  cell: ({ types }) => types?.map((type) => say(`alerts.type.${type}`)).join(', ') ?? say('filter.all'),
                },
                { head: say('webhooks.waiting'), isNumber: true, cell: ({ waiting }) => units(waiting) },
                { head: say('channels.lastSuccess'), cell: ({ deliveredAt }) => <When at={deliveredAt} /> },
                { head: say('channels.actions'), cell: (webhook) => <Actions webhook={webhook} /> },
              ]}
            />
          )
        }
      </Region>
      {mayWrite ? <Add /> : null}
    </section>
  );
}
