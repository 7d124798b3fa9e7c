import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { LINE_FIELDS, LinesField, NO_LINE, type TypedLine } from '../../ui/lines-field.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';

const FIELDS = ['reference', ...LINE_FIELDS];

/** Writes a transfer down; nothing moves before it is shipped. */
export function NewTransfer({ onClose }: { onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const locations = useLocations();
  const [from, setFrom] = useState<string>();
  const [to, setTo] = useState<string>();
  const [reference, setReference] = useState('');
  const [lines, setLines] = useState<readonly TypedLine[]>([NO_LINE]);
  const { idempotencyKey, settled } = useIntentKey();
  const fromLocationId = from ?? locations[0]?.id ?? '';
  const toLocationId = to ?? locations.find(({ id }) => id !== fromLocationId)?.id ?? '';
  const create = useMutation({
    mutationFn: async () => {
      const made = await holdfast.transfers.create(
        {
          fromLocationId,
          toLocationId,
          lines: lines.map(({ sku, units }) => ({ sku: sku.trim(), quantity: Number(units) })),
          ...present({ reference: reference.trim() }),
        },
        { idempotencyKey },
      );
      await queries.invalidateQueries({ queryKey: ['transfers'] });
      return made;
    },
    onSettled: (_, error) => settled(error),
    onSuccess: ({ id }) => void navigate({ to: '/transfers/$transferId', params: { transferId: id } }),
  });
  const { named, other } = useFaults(create.error, FIELDS);
  const options = locations.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <Dialog title={say('transfers.new')} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <div className={layout['pair']}>
          <Select label={say('transfers.from')} value={fromLocationId} options={options} onChange={setFrom} />
          <Select label={say('transfers.to')} value={toLocationId} options={options} onChange={setTo} />
        </div>
        <LinesField lines={lines} onChange={setLines} />
        <TextField
          label={say('transfers.reference')}
          hint={say('transfers.referenceHint')}
          name="reference"
          value={reference}
          onChange={setReference}
        />
        {other === undefined ? null : (
          <p className={layout['bad']} role="alert">
            {other}
          </p>
        )}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={create.isPending}>
            {say('transfers.create')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
