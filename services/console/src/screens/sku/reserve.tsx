import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { present } from '../../app/present.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import { faultsOf } from '../../ui/faults.js';
import { useWords } from '../../words/words.js';
import type { Done } from './actions.js';
import styles from './sku.module.css';

interface ReserveProps {
  readonly sku: string;
  onClose(done?: Done): void;
}

/** Holds units for an order, as a checkout would. */
export function Reserve({ sku, onClose }: ReserveProps): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [quantity, setQuantity] = useState('1');
  const [orderId, setOrderId] = useState(() => `console-${Date.now().toString(36)}`);
  const [channelId, setChannel] = useState('');
  const { idempotencyKey, settled } = useIntentKey();
  const summary = useQuery({ queryKey: ['channels of the matrix'], queryFn: async () => await holdfast.channelStock.summarise() });
  const reserve = useMutation({
    mutationFn: async () => {
      const items = [{ sku, quantity: Number(quantity) }];
      const reservation = await holdfast.reservations.reserve({ items, orderId, ...present({ channelId }) }, { idempotencyKey });
      await queries.invalidateQueries();
      return reservation;
    },
    onError: settled,
    onSuccess: ({ reservationId, lines }) => {
      const sources = lines.flatMap((line) => line.sources.map((source) => `${source.locationId} (${source.because})`)).join(', ');
      onClose({ text: say('reserve.done', { reservation: reservationId, sources }), correlation: orderId });
    },
  });
  // The same object until the next answer: a new one would bring faults back that were mended meanwhile.
  const faults = useMemo(() => {
    const { quantity: units, orderId: order, '': other } = faultsOf(reserve.error, ['quantity', 'orderId']);
    return present({ quantity: units ?? other, orderId: order });
  }, [reserve.error]);
  return (
    <Dialog title={say('reserve.title')} onClose={() => onClose()}>
      <Form
        className={styles['form'] ?? ''}
        validationErrors={faults}
        onSubmit={(event) => {
          event.preventDefault();
          reserve.mutate();
        }}
      >
        <TextField
          label={say('change.units')}
          name="quantity"
          kind="number"
          step={1}
          value={quantity}
          onChange={setQuantity}
          isRequired
          autoFocus
        />
        <TextField label={say('reserve.order')} name="orderId" value={orderId} onChange={setOrderId} isRequired />
        <Select
          label={say('reserve.channel')}
          value={channelId}
          options={[
            { value: '', text: say('reserve.noChannel') },
            ...(summary.data?.channels ?? []).map((channel) => ({ value: channel.channelId, text: channel.channelName })),
          ]}
          onChange={setChannel}
        />
        <div className={styles['tools']}>
          <Button type="submit" look="primary" isDisabled={reserve.isPending}>
            {say('reserve.action')}
          </Button>
          <Button onPress={() => onClose()}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
