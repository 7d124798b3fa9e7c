import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { TextArea } from '../../ui/text-area.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';

const WHAT = ['due', 'all', 'named'] as const;
type What = (typeof WHAT)[number];
const FIELDS = ['name', 'assignedTo', 'lines'];

/** Which SKUs are counted, as the door takes it. */
function wish(what: What, skus: string): object {
  if (what === 'named')
    return {
      lines: skus
        .split(/[\s,]+/)
        .filter((sku) => sku !== '')
        .map((sku) => ({ sku })),
    };
  return { select: what === 'due' ? { due: true } : {} };
}

/** Plans a batch: what is due, all that lies at a location, or the SKUs named. */
export function NewCount({ onClose }: { onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const locations = useLocations();
  const [location, setLocation] = useState<string>();
  const [what, setWhat] = useState<What>('all');
  const [skus, setSkus] = useState('');
  const [name, setName] = useState('');
  const [assignedTo, setAssignedTo] = useState('');
  const [isBlind, setBlind] = useState(true);
  const { idempotencyKey, settled } = useIntentKey();
  const locationId = location ?? locations[0]?.id ?? '';
  const create = useMutation({
    mutationFn: async () => {
      const about = { locationId, blind: isBlind, ...present({ name: name.trim(), assignedTo: assignedTo.trim() }) };
      const { batch } = await holdfast.counts.create({ ...about, ...wish(what, skus) }, { idempotencyKey });
      await queries.invalidateQueries({ queryKey: ['counts'] });
      return batch;
    },
    onSettled: (_, error) => settled(error),
    onSuccess: ({ id }) => void navigate({ to: '/counts/$batchId', params: { batchId: id } }),
  });
  const { named, other } = useFaults(create.error, FIELDS);
  return (
    <Dialog title={say('counts.new')} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <div className={layout['pair']}>
          <Select
            label={say('explain.location')}
            value={locationId}
            options={locations.map((one) => ({ value: one.id, text: one.name }))}
            onChange={setLocation}
          />
          <Select
            label={say('counts.what')}
            value={what}
            options={WHAT.map((value) => ({ value, text: say(`counts.what.${value}`) }))}
            onChange={(value) => setWhat(value as What)}
          />
        </div>
        {what === 'named' ? <TextArea label={say('counts.skus')} name="lines" rows={4} value={skus} onChange={setSkus} isRequired /> : null}
        <div className={layout['pair']}>
          <TextField label={say('channels.name')} name="name" value={name} onChange={setName} />
          <TextField label={say('counts.assignedTo')} name="assignedTo" value={assignedTo} onChange={setAssignedTo} />
        </div>
        <Select
          label={say('counts.sees')}
          value={isBlind ? 'blind' : 'open'}
          options={[
            { value: 'blind', text: say('counts.sees.blind') },
            { value: 'open', text: say('counts.sees.open') },
          ]}
          onChange={(value) => setBlind(value === 'blind')}
        />
        {other === undefined || create.error === null ? null : <Failed error={create.error} />}
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
