import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { present } from '../../app/present.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import { CopyButton } from '../../ui/copy-button.js';
import layout from '../../ui/layout.module.css';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';

const ROLES = ['admin', 'operator', 'analyst', 'storefront', 'erp', 'channel'] as const;
const FIELDS = ['name', 'roles', 'permissions', 'expiresAt'];

/** The key itself: it is shown this once, and stored nowhere. */
function Made({ secret, onClose }: { readonly secret: string; onClose(): void }): ReactNode {
  const { say } = useWords();
  return (
    <Dialog title={say('keys.once')}>
      <p>{say('keys.onceText')}</p>
      <pre className={layout['code']} tabIndex={0}>
        {secret}
      </pre>
      <div className={layout['tools']}>
        <CopyButton text={() => secret}>{say('keys.copy')}</CopyButton>
        <Button look="primary" onPress={onClose}>
          {say('keys.kept')}
        </Button>
      </div>
    </Dialog>
  );
}

/** Makes a key. It grants no more than its maker holds, which the API checks. */
export function MakeKey({ onClose }: { onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState('analyst');
  const [permissions, setPermissions] = useState('');
  const [ends, setEnds] = useState('');
  const make = useMutation({
    mutationFn: async () => {
      const made = await holdfast.keys.create({
        name,
        ...(role === '' ? {} : { roles: [role] }),
        ...(permissions.trim() === '' ? {} : { permissions: permissions.split(/[\s,]+/).filter((each) => each !== '') }),
        ...present({ expiresAt: ends === '' ? undefined : new Date(ends).toISOString() }),
      });
      await queries.invalidateQueries({ queryKey: ['keys'] });
      return made;
    },
  });
  const { named, other } = useFaults(make.error, FIELDS);
  if (make.data !== undefined) return <Made secret={make.data.key} onClose={onClose} />;
  return (
    <Dialog title={say('keys.make')} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextField label={say('keys.name')} name="name" value={name} onChange={setName} isRequired autoFocus />
        <Select
          label={say('keys.role')}
          value={role}
          options={[...ROLES.map((value) => ({ value, text: value })), { value: '', text: say('keys.noRole') }]}
          onChange={setRole}
        />
        <TextField
          label={say('keys.permissions')}
          hint={say('keys.permissionsHint')}
          name="permissions"
          value={permissions}
          onChange={setPermissions}
        />
        <TextField label={say('keys.endsAt')} name="expiresAt" kind="datetime-local" value={ends} onChange={setEnds} />
        {other === undefined ? null : (
          <p className={layout['bad']} role="alert">
            {other}
          </p>
        )}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={make.isPending}>
            {say('keys.make')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
