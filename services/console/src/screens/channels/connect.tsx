import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useProviders } from '../../app/channels.js';
import { holdfast } from '../../app/holdfast.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import { objectOf } from '../../ui/json.js';
import layout from '../../ui/layout.module.css';
import { TextArea } from '../../ui/text-area.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';

const FIELDS = ['channelId', 'name', 'settings', 'credentials', 'locations'] as const;

/** Lines such as `BER = 1234`: our location and what the vendor calls it. */
const locationsOf = (text: string): { locationId: string; remoteId: string }[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [locationId = '', ...rest] = line.split('=');
      return { locationId: locationId.trim(), remoteId: rest.join('=').trim() };
    });

/** Connects a channel: what its vendor needs is checked by the API, which names each fault. */
export function Connect({ onClose }: { onClose(): void }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [channelId, setId] = useState('');
  const [name, setName] = useState('');
  const [provider, setProvider] = useState('webhook');
  const providers = useProviders() ?? [provider];
  const [settings, setSettings] = useState('{}');
  const [credentials, setCredentials] = useState('{}');
  const [locations, setLocations] = useState('');
  const connect = useMutation({
    mutationFn: async () => {
      const account = { settings: objectOf(settings), credentials: objectOf(credentials), locations: locationsOf(locations) };
      await holdfast.channels.put(channelId, { name, provider, ...account });
      await queries.invalidateQueries({ queryKey: ['channels'] });
    },
    onSuccess: () => void navigate({ to: '/channels/$channelId', params: { channelId } }),
  });
  const { named, other } = useFaults(connect.error, FIELDS);
  return (
    <Dialog title={say('channels.connect')} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          connect.mutate();
        }}
      >
        <TextField label={say('channels.id')} name="channelId" value={channelId} onChange={setId} isRequired autoFocus />
        <TextField label={say('channels.name')} name="name" value={name} onChange={setName} isRequired />
        <Select
          label={say('channels.provider')}
          value={provider}
          options={providers.map((value) => ({ value, text: value }))}
          onChange={setProvider}
        />
        <TextArea
          label={say('channels.settings')}
          hint={say('json.hint')}
          name="settings"
          value={settings}
          onChange={setSettings}
          rows={3}
        />
        <TextArea
          label={say('channels.credentials')}
          hint={say('channels.credentialsHint')}
          name="credentials"
          value={credentials}
          onChange={setCredentials}
          rows={3}
        />
        <TextArea
          label={say('channels.locations')}
          hint={say('channels.locationsHint')}
          name="locations"
          value={locations}
          onChange={setLocations}
          rows={2}
        />
        {other === undefined ? null : (
          <p className={layout['bad']} role="alert">
            {other}
          </p>
        )}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={connect.isPending}>
            {say('channels.connect')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
