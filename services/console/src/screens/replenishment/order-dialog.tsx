import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Dialog, Form, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed, NeedsPermission } from '../../ui/states.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';
import { Because } from './because.js';
import { SourceOf, StatusOf, type Order } from './status.js';

const FIELDS = ['quantity', 'reason'];
/** An order in these may be cancelled. */
const CANCELLABLE: readonly Order['status'][] = ['approved', 'ordered', 'in_progress'];

/** The figures behind an order, and what may be done with it: approved with other units, rejected, cancelled. */
export function OrderDialog({ order, onClose }: { readonly order: Order; onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const mayWrite = useMay('replenishment.write');
  const [quantity, setQuantity] = useState(String(order.quantity));
  const [reason, setReason] = useState('');
  const { idempotencyKey, settled } = useIntentKey();
  const { id, status, version, transferId } = order;
  const act = useMutation({
    mutationFn: async (action: 'approve' | 'reject' | 'cancel') => {
      await holdfast.replenishment.write(
        {
          action,
          expectedVersion: version,
          ...(action === 'approve' ? { quantity: Number(quantity) } : {}),
          ...present({ id: id ?? '', reason: reason.trim() }),
        },
        { idempotencyKey },
      );
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
    onSuccess: onClose,
  });
  const { named, other } = useFaults(act.error, FIELDS);
  const isSuggested = status === 'suggested';
  const mayCancel = CANCELLABLE.includes(status);
  return (
    <Dialog title={say('replenishment.one', { sku: order.sku, location: order.locationId })} onClose={onClose}>
      <p>
        <StatusOf status={status} /> · <SourceOf source={order.source} />
        {transferId === null ? null : (
          <>
            {' '}
            ·{' '}
            <Link to="/transfers/$transferId" params={{ transferId }}>
              {say('transfers.transfer')}
            </Link>
          </>
        )}
        {order.reason === null ? null : <> · {order.reason}</>}
      </p>
      <Because order={order} />
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(isSuggested ? 'approve' : 'cancel');
        }}
      >
        {mayWrite && (isSuggested || mayCancel) ? (
          <div className={layout['pair']}>
            {isSuggested ? (
              <TextField
                label={say('replenishment.quantity')}
                name="quantity"
                kind="number"
                step={1}
                value={quantity}
                onChange={setQuantity}
                isRequired
              />
            ) : null}
            <TextField label={say('change.reason')} name="reason" value={reason} onChange={setReason} />
          </div>
        ) : null}
        {(isSuggested || mayCancel) && !mayWrite ? <NeedsPermission permission="replenishment.write" /> : null}
        {other === undefined || act.error === null ? null : <Failed error={act.error} />}
        <div className={layout['tools']}>
          {mayWrite && (isSuggested || mayCancel) ? (
            <Button type="submit" look={isSuggested ? 'primary' : 'quiet'} isDisabled={act.isPending}>
              {say(isSuggested ? 'requests.approve' : 'replenishment.cancel')}
            </Button>
          ) : null}
          {mayWrite && isSuggested ? (
            <Button isDisabled={act.isPending} onPress={() => act.mutate('reject')}>
              {say('requests.reject')}
            </Button>
          ) : null}
          <Button onPress={onClose}>{say('replenishment.close')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
