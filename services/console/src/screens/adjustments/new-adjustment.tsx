import type { ValueOf } from '@holdfast/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { LINE_FIELDS, LinesField, NO_LINE, type TypedLine } from '../../ui/lines-field.js';
import { Failed } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { useFaults } from '../../ui/use-faults.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { deltaOf, useReasons } from './reasons.js';

type Done = ValueOf<'adjustments.create'>;
const FIELDS = ['reason', 'reference', ...LINE_FIELDS];

/** What became of each line: one that is short does not stop the others. */
function Outcome({ done, onClose }: { readonly done: Done; onClose(): void }): ReactNode {
  const { say } = useWords();
  const { units, difference } = useFormats();
  return (
    <Dialog title={say(`adjustments.status.${done.status}`)} onClose={onClose}>
      <Table
        label={say('lines.title')}
        rows={done.lines}
        keyOf={({ line }) => String(line)}
        columns={[
          { head: 'SKU', cell: ({ sku }) => sku },
          { head: say('explain.change'), isNumber: true, cell: ({ delta }) => difference(delta) },
          { head: say('adjustments.after'), isNumber: true, cell: ({ quantityOnHand }) => units(quantityOnHand) },
          {
            head: say('history.outcome'),
            cell: ({ status, code }) => (
              <span className={layout[status === 'applied' ? 'good' : 'bad']}>{status === 'applied' ? '✓' : `✗ ${code ?? ''}`}</span>
            ),
          },
        ]}
      />
      <div>
        <Button look="primary" autoFocus onPress={onClose}>
          {say('actions.done')}
        </Button>
      </div>
    </Dialog>
  );
}

/** Changes on hand by differences for a reason, over one SKU or several. */
export function NewAdjustment({ onClose }: { onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const locations = useLocations();
  // Those that change nothing in sum move units between lots or bins.
  const reasons = useReasons().filter(({ direction }) => direction !== 'zero-sum');
  const [location, setLocation] = useState<string>();
  const [code, setCode] = useState<string>();
  const [reason, setReason] = useState('');
  const [reference, setReference] = useState('');
  const [mayUncoverPromises, setUncover] = useState(false);
  const [lines, setLines] = useState<readonly TypedLine[]>([NO_LINE]);
  const { idempotencyKey, settled } = useIntentKey();
  const locationId = location ?? locations[0]?.id ?? '';
  const chosen = reasons.find((each) => each.code === code) ?? reasons[0];
  const create = useMutation({
    mutationFn: async () => {
      const done = await holdfast.adjustments.create(
        {
          locationId,
          reasonCode: chosen?.code ?? '',
          lines: lines.map(({ sku, units }) => ({ sku: sku.trim(), delta: deltaOf(chosen, Number(units)) })),
          ...(mayUncoverPromises ? { mayUncoverPromises } : {}),
          ...present({ reason: reason.trim(), reference: reference.trim() }),
        },
        { idempotencyKey },
      );
      await queries.invalidateQueries();
      return done;
    },
    onSettled: (_, error) => settled(error),
  });
  const { named, other } = useFaults(create.error, FIELDS);
  if (create.data !== undefined) return <Outcome done={create.data} onClose={onClose} />;
  return (
    <Dialog title={say('adjustments.new')} onClose={onClose}>
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
            options={locations.map(({ id, name }) => ({ value: id, text: name }))}
            onChange={setLocation}
          />
          <Select
            label={say('adjustments.reason')}
            value={chosen?.code ?? ''}
            options={reasons.map((each) => ({ value: each.code, text: each.name }))}
            onChange={setCode}
          />
        </div>
        <p className={layout['soft']}>
          {say(`adjustments.direction.${chosen?.direction === 'in' ? 'in' : chosen?.direction === 'out' ? 'out' : 'both'}`)}
        </p>
        <LinesField lines={lines} onChange={setLines} unitsField="delta" />
        <TextField
          label={say('change.reason')}
          name="reason"
          value={reason}
          onChange={setReason}
          isRequired={chosen?.requiresReason === true}
        />
        <div className={layout['pair']}>
          <TextField label={say('transfers.reference')} name="reference" value={reference} onChange={setReference} />
          <Select
            label={say('adjustments.promised')}
            value={mayUncoverPromises ? 'take' : 'keep'}
            options={[
              { value: 'keep', text: say('adjustments.promised.keep') },
              { value: 'take', text: say('adjustments.promised.take') },
            ]}
            onChange={(value) => setUncover(value === 'take')}
          />
        </div>
        {other === undefined || create.error === null ? null : <Failed error={create.error} />}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={create.isPending || chosen === undefined}>
            {say('change.save')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
