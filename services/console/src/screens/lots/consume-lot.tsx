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

/** Expired units that were used up all the same: they leave on hand. */
export function ConsumeLot({ lot, onClose }: { readonly lot: ExpiringLot; onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const { sku, locationId, lotId } = lot;
  const [quantity, setQuantity] = useState(String(lot.quantityOnHand));
  const [reason, setReason] = useState('');
  const { idempotencyKey, settled } = useIntentKey();
  const consume = useMutation({
    mutationFn: async () => {
      const items = [{ sku, locationId, lotId, quantity: Number(quantity) }];
      await holdfast.lots.markConsumed({ items, ...present({ reason: reason.trim() }) }, { idempotencyKey });
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
    onSuccess: onClose,
  });
  const { named, other } = useFaults(consume.error, FIELDS);
  return (
    <Dialog title={say('lots.consumeOf', { lot: lotId })} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          consume.mutate();
        }}
      >
        <p className={layout['soft']}>
          {sku} · {locationId}. {say('lots.consumeText')}
        </p>
        <div className={layout['pair']}>
          <TextField
            label={say('change.units')}
            name="quantity"
            kind="number"
            step={1}
            value={quantity}
            onChange={setQuantity}
            isRequired
          />
          <TextField label={say('change.reason')} name="reason" value={reason} onChange={setReason} />
        </div>
        {other === undefined || consume.error === null ? null : <Failed error={consume.error} />}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={consume.isPending}>
            {say('lots.consume')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
