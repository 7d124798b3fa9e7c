import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { useMay } from '../../app/signed-in.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { LINE_FIELDS, LinesField, NO_LINE, type TypedLine } from '../../ui/lines-field.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';

const FIELDS = ['reference', ...LINE_FIELDS];

/** Makes a task for each line; Holdfast suggests the bins unless one is chosen. */
export function NewTask({ onClose }: { onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const locations = useLocations();
  const [location, setLocation] = useState<string>();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [reference, setReference] = useState('');
  const [lines, setLines] = useState<readonly TypedLine[]>([NO_LINE]);
  const { idempotencyKey, settled } = useIntentKey();
  const locationId = location ?? locations[0]?.id ?? '';
  const maySeeBins = useMay('transfers.read');
  const known = useQuery({
    queryKey: ['bins', locationId],
    queryFn: async () => await holdfast.transfers.bins({ locationId }),
    enabled: maySeeBins && locationId !== '',
  });
  const create = useMutation({
    mutationFn: async () => {
      await holdfast.putAway.post(
        {
          locationId,
          items: lines.map(({ sku, units }) => ({ sku: sku.trim(), quantity: Number(units), ...present({ toBinId: to }) })),
          ...present({ fromBinId: from, reference: reference.trim() }),
        },
        { idempotencyKey },
      );
      await queries.invalidateQueries({ queryKey: ['put-away'] });
    },
    onSettled: (_, error) => settled(error),
    onSuccess: onClose,
  });
  const { named, other } = useFaults(create.error, FIELDS);
  const bins = (known.data?.bins ?? []).map(({ binId }) => ({ value: binId, text: binId }));
  const choose = (value: string): void => {
    setLocation(value);
    setFrom('');
    setTo('');
  };
  return (
    <Dialog title={say('putAway.new')} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Select
          label={say('explain.location')}
          value={locationId}
          options={locations.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={choose}
        />
        <div className={layout['pair']}>
          <Select
            label={say('transfers.from')}
            value={from}
            options={[{ value: '', text: say('putAway.noBin') }, ...bins]}
            onChange={setFrom}
          />
          <Select
            label={say('transfers.to')}
            value={to}
            options={[{ value: '', text: say('putAway.suggest') }, ...bins]}
            onChange={setTo}
          />
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
