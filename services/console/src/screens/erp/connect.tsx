import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { TextArea } from '../../ui/text-area.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';
import type { Connection } from './erp.js';
import { connectionOf, SENDS, SYSTEMS, typedOf, type TypedConnection } from './typed-connection.js';

const FIELDS = ['connectionId', 'name', 'system', 'intervalSeconds', 'settings', 'credentials'] as const;

interface PollingProps {
  readonly typed: TypedConnection;
  onType(part: Partial<TypedConnection>): void;
}

/** How an ERP is read, and with what. */
function Polling({ typed, onType }: PollingProps): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField
        label={say('erp.interval')}
        name="intervalSeconds"
        kind="number"
        step={1}
        value={typed.intervalSeconds}
        onChange={(intervalSeconds) => onType({ intervalSeconds })}
        isRequired
      />
      <TextArea
        label={say('channels.settings')}
        hint={say('json.hint')}
        name="settings"
        value={typed.settings}
        onChange={(settings) => onType({ settings })}
        rows={5}
      />
      <TextArea
        label={say('channels.credentials')}
        hint={say('erp.credentialsHint')}
        name="credentials"
        value={typed.credentials}
        onChange={(credentials) => onType({ credentials })}
        rows={3}
      />
    </>
  );
}

/** Connects an ERP, or changes how it is read: the API checks what its system needs and names each fault. */
export function Connect({ connection, onClose }: { readonly connection?: Connection; onClose(): void }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [connectionId, setId] = useState(connection?.id ?? '');
  const [typed, setTyped] = useState(() => typedOf(connection));
  const { idempotencyKey, settled } = useIntentKey();
  const onType = (part: Partial<TypedConnection>): void => setTyped({ ...typed, ...part });
  const connect = useMutation({
    mutationFn: async () => {
      await holdfast.connections.put(connectionId, connectionOf(typed, connection), { idempotencyKey });
      await queries.invalidateQueries({ queryKey: ['erp'] });
    },
    onSettled: (_, error) => settled(error),
    onSuccess: () => {
      onClose();
      void navigate({ to: '/erp/$connectionId', params: { connectionId } });
    },
  });
  const { named, other } = useFaults(connect.error, FIELDS);
  return (
    <Dialog title={say(connection === undefined ? 'erp.connect' : 'erp.change')} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          connect.mutate();
        }}
      >
        {connection === undefined ? (
          <TextField label={say('erp.id')} name="connectionId" value={connectionId} onChange={setId} isRequired autoFocus />
        ) : null}
        <TextField label={say('channels.name')} name="name" value={typed.name} onChange={(name) => onType({ name })} isRequired />
        <Select
          label={say('erp.system')}
          value={typed.system}
          options={[...SYSTEMS.map((value) => ({ value: value as string, text: value })), { value: SENDS, text: say('erp.pushes') }]}
          onChange={(system) => onType({ system })}
        />
        {typed.system === SENDS ? <p>{say('erp.sendsText')}</p> : <Polling typed={typed} onType={onType} />}
        {other === undefined ? null : (
          <p className={layout['bad']} role="alert">
            {other}
          </p>
        )}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={connect.isPending}>
            {say(connection === undefined ? 'erp.connect' : 'erp.change')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
