import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { present } from '../../app/present.js';
import { Button, Dialog, Form, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';
import type { ExpiringLot } from './lot-table.js';

const FIELDS = ['quantity', 'reason'];

/** Units of a lot that are off before its date: from now on they count as expired, and no channel may promise them. */
export function ExpireLot({ lot, onClose }: { readonly lot: ExpiringLot; onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const { sku, locationId, lotId } = lot;
  const [quantity, setQuantity] = useState('');
  const [reason, setReason] = useState('');
  const { idempotencyKey, settled } = useIntentKey();
  const expire = useMutation({
    mutationFn: async () => {
      const items = [{ sku, locationId, lotId, ...(quantity.trim() === '' ? {} : { quantity: Number(quantity) }) }];
      await holdfast.lots.markExpired({ items, ...present({ reason: reason.trim() }) }, { idempotencyKey });
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
    onSuccess: onClose,
  });
  const { named, other } = useFaults(expire.error, FIELDS);
  return (
    <Dialog title={say('lots.expireOf', { lot: lotId })} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          expire.mutate();
        }}
      >
        <p className={layout['soft']}>
          {sku} · {locationId}. {say('lots.expireText')}
        </p>
        <div className={layout['pair']}>
          <TextField
            label={say('change.units')}
            hint={say('lots.allWhenEmpty')}
            name="quantity"
            kind="number"
            step={1}
            value={quantity}
            onChange={setQuantity}
          />
          <TextField label={say('change.reason')} name="reason" value={reason} onChange={setReason} />
        </div>
        {other === undefined || expire.error === null ? null : <Failed error={expire.error} />}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={expire.isPending}>
            {say('lots.expire')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
