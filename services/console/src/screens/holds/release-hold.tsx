import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { present } from '../../app/present.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';
import { DISPOSITIONS, openUnits, type Disposition, type Hold } from './kinds.js';

const FIELDS = ['quantity', 'reason'];

/** Releases a hold, or a part of one that names its units: back to stock, or off on hand. */
export function ReleaseHold({ hold, onClose }: { readonly hold: Hold; onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const open = openUnits(hold);
  const [quantity, setQuantity] = useState(open === undefined ? '' : String(open));
  const [disposition, setDisposition] = useState<Disposition>('to_stock');
  const [reason, setReason] = useState('');
  const { idempotencyKey, settled } = useIntentKey();
  const release = useMutation({
    mutationFn: async () => {
      await holdfast.holds.release(
        {
          holdId: hold.id,
          disposition,
          expectedVersion: hold.version,
          ...(open === undefined ? {} : { quantity: Number(quantity) }),
          ...present({ reason: reason.trim() }),
        },
        { idempotencyKey },
      );
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
    onSuccess: onClose,
  });
  const { named, other } = useFaults(release.error, FIELDS);
  return (
    <Dialog title={say('holds.releaseOf', { sku: hold.sku })} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          release.mutate();
        }}
      >
        <p className={layout['soft']}>
          {say(`holds.type.${hold.type}`)} · {hold.locationId ?? say('explain.allLocations')}
          {hold.reason === null ? null : <> · {hold.reason}</>}
        </p>
        <div className={layout['pair']}>
          <Select
            label={say('holds.disposition')}
            value={disposition}
            options={DISPOSITIONS.map((value) => ({ value, text: say(`holds.disposition.${value}`) }))}
            onChange={(value) => setDisposition(value as Disposition)}
          />
          {open === undefined ? null : (
            <TextField
              label={say('change.units')}
              name="quantity"
              kind="number"
              step={1}
              value={quantity}
              onChange={setQuantity}
              isRequired
            />
          )}
        </div>
        {disposition === 'to_stock' ? null : <p className={layout['soft']}>{say('holds.leaves')}</p>}
        <TextField label={say('change.reason')} name="reason" value={reason} onChange={setReason} />
        {other === undefined || release.error === null ? null : <Failed error={release.error} />}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={release.isPending}>
            {say('holds.release')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
