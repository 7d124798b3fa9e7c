import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { LinesField, NO_LINE, type TypedLine } from '../../ui/lines-field.js';
import { Failed } from '../../ui/states.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';
import { PRIORITIES, type Priority, type StockRequest } from './status.js';

const FIELDS = ['neededBy', 'reason', 'lines[].sku', 'lines[].quantityRequested'];

interface RequestDialogProps {
  /** The draft to change; missing for a new request. */
  readonly draft?: StockRequest;
  onClose(): void;
}

const linesOf = (draft: StockRequest | undefined): readonly TypedLine[] =>
  draft?.lines.map(({ sku, quantityRequested }) => ({ sku, units: String(quantityRequested) })) ?? [NO_LINE];

/** Drafts a request, or submits it at once; or changes a draft. */
export function RequestDialog({ draft, onClose }: RequestDialogProps): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const locations = useLocations();
  const [from, setFrom] = useState(draft?.fromLocationId);
  const [to, setTo] = useState(draft?.toLocationId ?? '');
  const [priority, setPriority] = useState<Priority>(draft?.priority ?? 'normal');
  const [neededBy, setNeededBy] = useState(draft?.neededBy ?? '');
  const [reason, setReason] = useState(draft?.reason ?? '');
  const [lines, setLines] = useState(() => linesOf(draft));
  const { idempotencyKey, settled } = useIntentKey();
  const fromLocationId = from ?? locations[0]?.id ?? '';
  const create = useMutation({
    mutationFn: async (submit: boolean) => {
      const typed = {
        fromLocationId,
        priority,
        lines: lines.map(({ sku, units }) => ({ sku: sku.trim(), quantityRequested: Number(units) })),
        ...present({ toLocationId: to, neededBy, reason: reason.trim() }),
      };
      const made =
        draft === undefined
          ? await holdfast.stockRequests.create({ ...typed, submit }, { idempotencyKey })
          : await holdfast.stockRequests.update(draft.id, { ...typed, expectedVersion: draft.version }, { idempotencyKey });
      await queries.invalidateQueries();
      return made;
    },
    onSettled: (_, error) => settled(error),
    onSuccess: ({ id }) => {
      onClose();
      void navigate({ to: '/requests/$requestId', params: { requestId: id } });
    },
  });
  const { named, other } = useFaults(create.error, FIELDS);
  const options = locations.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <Dialog title={say(draft === undefined ? 'requests.new' : 'requests.edit')} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          // Which button was pressed says whether it is submitted at once.
          create.mutate((event.nativeEvent as SubmitEvent).submitter?.getAttribute('value') !== 'draft');
        }}
      >
        <div className={layout['pair']}>
          <Select label={say('transfers.from')} value={fromLocationId} options={options} onChange={setFrom} />
          <Select
            label={say('transfers.to')}
            value={to}
            options={[{ value: '', text: say('requests.usedUp') }, ...options.filter(({ value }) => value !== fromLocationId)]}
            onChange={setTo}
          />
        </div>
        <LinesField lines={lines} unitsField="quantityRequested" onChange={setLines} />
        <div className={layout['pair']}>
          <TextField label={say('requests.neededBy')} name="neededBy" kind="date" value={neededBy} onChange={setNeededBy} />
          <Select
            label={say('requests.priority')}
            value={priority}
            options={PRIORITIES.map((value) => ({ value, text: say(`requests.priority.${value}`) }))}
            onChange={(value) => setPriority(value as Priority)}
          />
        </div>
        <TextField label={say('change.reason')} name="reason" value={reason} onChange={setReason} />
        {other === undefined || create.error === null ? null : <Failed error={create.error} />}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={create.isPending}>
            {say(draft === undefined ? 'requests.submit' : 'requests.saveChanges')}
          </Button>
          {draft === undefined ? (
            <Button type="submit" value="draft" isDisabled={create.isPending}>
              {say('requests.saveDraft')}
            </Button>
          ) : null}
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
