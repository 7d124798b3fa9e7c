import type { ItemOf } from '@holdfast/client';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Dialog } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Empty, Failed, Region } from '../../ui/states.js';
import { Pager, Table } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { useWords } from '../../words/words.js';
import { MakeKey } from './make-key.js';

type Key = ItemOf<'keys.list', 'keys'>;
const PAGE = 50;

/** Asks once more: whoever works with the key is locked out at once. */
function Revoke({ seen, onClose }: { readonly seen: Key; onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: async () => {
      await holdfast.keys.revoke(seen.id);
      await queries.invalidateQueries({ queryKey: ['keys'] });
    },
    onSuccess: onClose,
  });
  return (
    <Dialog title={say('keys.revokeNamed', { name: seen.name })} onClose={onClose}>
      <p>{say('keys.revokeText')}</p>
      {revoke.error === null ? null : <Failed error={revoke.error} />}
      <div className={layout['tools']}>
        <Button look="primary" isDisabled={revoke.isPending} onPress={() => revoke.mutate()}>
          {say('keys.revoke')}
        </Button>
        <Button onPress={onClose}>{say('actions.cancel')}</Button>
      </div>
    </Dialog>
  );
}

function List({ keys, onRevoke }: { readonly keys: readonly Key[]; onRevoke(seen: Key): void }): ReactNode {
  const { say } = useWords();
  const mayWrite = useMay('keys.write');
  if (keys.length === 0) return <Empty title={say('keys.none')} />;
  return (
    <Table
      label={say('keys.title')}
      rows={keys}
      keyOf={({ id }) => id}
      columns={[
        {
          head: say('keys.name'),
          cell: ({ name, id }) => (
            <>
              <strong>{name}</strong>
              <div className={layout['soft']}>{id}</div>
            </>
          ),
        },
        { head: say('keys.grants'), cell: ({ roles, permissions }) => [...roles, ...permissions].join(', ') },
        {
          head: say('keys.made'),
          cell: ({ createdAt, createdBy }) => (
            <>
              <When at={createdAt} />
              <div className={layout['soft']}>{createdBy}</div>
            </>
          ),
        },
        { head: say('keys.ends'), cell: ({ expiresAt }) => <When at={expiresAt} /> },
        {
          head: say('keys.revoke'),
          cell: (seen) => (
            <Button isDisabled={!mayWrite} aria-label={say('keys.revokeNamed', { name: seen.name })} onPress={() => onRevoke(seen)}>
              {say('keys.revoke')}
            </Button>
          ),
        },
      ]}
    />
  );
}

/** Keys of the tenant and what each may do. */
export function Keys(): ReactNode {
  const { say } = useWords();
  const may = useMay('keys.read');
  const mayWrite = useMay('keys.write');
  const [page, setPage] = useState(1);
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Key>();
  const query = useQuery({
    queryKey: ['keys', page],
    queryFn: async () => await holdfast.keys.list({ page, limit: PAGE }),
    enabled: may,
    placeholderData: keepPreviousData,
  });
  return (
    <div className={layout['page']}>
      <h1>{say('keys.title')}</h1>
      {mayWrite ? (
        <div className={layout['tools']}>
          <Button look="primary" onPress={() => setMaking(true)}>
            {say('keys.make')}
          </Button>
        </div>
      ) : null}
      <Region needs="keys.read" query={query}>
        {({ keys, pagination }) => (
          <>
            <List keys={keys} onRevoke={setRevoking} />
            <Pager pagination={pagination} onPage={setPage} />
          </>
        )}
      </Region>
      {isMaking ? <MakeKey onClose={() => setMaking(false)} /> : null}
      {revoking === undefined ? null : <Revoke seen={revoking} onClose={() => setRevoking(undefined)} />}
    </div>
  );
}
