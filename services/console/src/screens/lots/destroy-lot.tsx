import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';
import type { ExpiringLot } from './lot-table.js';

const FIELDS = ['quantity', 'certificate', 'witness'];

/** Expired units go to where they are destroyed, or are destroyed where they lie. */
export function DestroyLot({ lot, onClose }: { readonly lot: ExpiringLot; onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const { sku, locationId, lotId } = lot;
  const places = useLocations().filter(({ id, kind }) => kind === 'destruction' && id !== locationId);
  const [place, setPlace] = useState<string>();
  const [quantity, setQuantity] = useState(String(lot.quantityOnHand));
  const [certificate, setCertificate] = useState('');
  const [witness, setWitness] = useState('');
  const { idempotencyKey, settled } = useIntentKey();
  // Empty: destroyed where they lie.
  const to = place ?? places[0]?.id ?? '';
  const send = useMutation({
    mutationFn: async () => {
      const items = [{ sku, locationId, lotId, quantity: Number(quantity) }];
      const how =
        to === ''
          ? { mode: 'destroy' as const, ...present({ certificate: certificate.trim(), witness: witness.trim() }) }
          : { mode: 'move' as const, destructionLocationId: to };
      await holdfast.lots.transferDestruction({ items, ...how }, { idempotencyKey });
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
    onSuccess: onClose,
  });
  const { named, other } = useFaults(send.error, FIELDS);
  return (
    <Dialog title={say('lots.destroyOf', { lot: lotId })} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <p className={layout['soft']}>
          {sku} · {locationId}
        </p>
        <div className={layout['pair']}>
          <Select
            label={say('lots.where')}
            value={to}
            options={[...places.map(({ id, name }) => ({ value: id, text: name })), { value: '', text: say('lots.here') }]}
            onChange={setPlace}
          />
          <TextField
            label={say('change.units')}
            name="quantity"
            kind="number"
            step={1}
            value={quantity}
            onChange={setQuantity}
            isRequired
          />
        </div>
        <p className={layout['soft']}>{say(to === '' ? 'lots.hereText' : 'lots.whereText')}</p>
        {to === '' ? (
          <div className={layout['pair']}>
            <TextField label={say('lots.certificate')} name="certificate" value={certificate} onChange={setCertificate} />
            <TextField label={say('lots.witness')} name="witness" value={witness} onChange={setWitness} />
          </div>
        ) : null}
        {other === undefined || send.error === null ? null : <Failed error={send.error} />}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={send.isPending}>
            {say(to === '' ? 'lots.destroyNow' : 'lots.send')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
