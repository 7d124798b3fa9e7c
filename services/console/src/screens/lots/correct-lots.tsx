import type { ValueOf } from '@holdfast/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useLocations } from '../../app/locations.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { useFaults } from '../../ui/use-faults.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { useReasons } from '../adjustments/reasons.js';
import { ASKED, correctionOf, isOptional, TYPES, type CorrectionType, type LotField, type TypedCorrection } from './typed-correction.js';

const FIELDS = ['sku', 'lotId', 'fromLotId', 'toLotId', 'quantity', 'expiryDate', 'reason'];
const EMPTY: TypedCorrection = {
  sku: '',
  locationId: '',
  lotId: '',
  fromLotId: '',
  toLotId: '',
  quantity: '',
  expiryDate: '',
  reasonCode: 'lot_correction',
  reason: '',
  mayUncoverPromises: false,
};

/** What a correction would change. */
function Preview({ would: { changes } }: { readonly would: ValueOf<'lots.correct'> }): ReactNode {
  const { say } = useWords();
  const { units, difference } = useFormats();
  return (
    <div role="status">
      <Table
        label={say('lots.would')}
        rows={changes}
        keyOf={({ lotId }) => lotId ?? ''}
        columns={[
          { head: say('lots.lot'), cell: ({ lotId }) => lotId ?? say('lots.noLot') },
          { head: say('explain.change'), isNumber: true, cell: ({ delta }) => difference(delta) },
          { head: say('lots.after'), isNumber: true, cell: ({ quantityOnHand }) => units(quantityOnHand) },
        ]}
      />
    </div>
  );
}

/** Says which lot units are of, or what is known of a lot; on hand stays. To settle takes units by itself, so it is seen before. */
export function CorrectLots({ sku, onClose }: { readonly sku: string | undefined; onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const locations = useLocations();
  const reasons = useReasons().filter(({ direction }) => direction === 'zero-sum');
  const [type, setType] = useState<CorrectionType>('assign');
  const [typed, setTyped] = useState<TypedCorrection>({ ...EMPTY, sku: sku ?? '' });
  const { idempotencyKey, settled } = useIntentKey();
  const request = correctionOf(type, { ...typed, locationId: typed.locationId === '' ? (locations[0]?.id ?? '') : typed.locationId });
  const preview = useMutation({ mutationFn: async () => await holdfast.lots.correct({ ...request, dryRun: true }) });
  const correct = useMutation({
    mutationFn: async () => {
      await holdfast.lots.correct(request, { idempotencyKey });
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
    onSuccess: onClose,
  });
  const change = (part: Partial<TypedCorrection>): void => {
    preview.reset();
    setTyped((before) => ({ ...before, ...part }));
  };
  const mustSee = type === 'settle' && preview.data === undefined;
  const error = correct.error ?? preview.error;
  const { named, other } = useFaults(error, FIELDS);
  const field = (name: LotField): ReactNode =>
    name === 'locationId' ? (
      <Select
        key={name}
        label={say('explain.location')}
        value={typed.locationId === '' ? (locations[0]?.id ?? '') : typed.locationId}
        options={locations.map(({ id, name: text }) => ({ value: id, text }))}
        onChange={(value) => change({ locationId: value })}
      />
    ) : (
      <TextField
        key={name}
        label={say(type === 'rename' && name === 'toLotId' ? 'lots.newId' : name === 'quantity' ? 'change.units' : `lots.${name}`)}
        name={name}
        kind={name === 'quantity' ? 'number' : name === 'expiryDate' ? 'date' : 'text'}
        step={name === 'quantity' ? 1 : undefined}
        value={typed[name]}
        onChange={(value) => change({ [name]: value })}
        isRequired={!isOptional(type, name)}
      />
    );
  return (
    <Dialog title={say('lots.correct')} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          if (mustSee) preview.mutate();
          else correct.mutate();
        }}
      >
        <div className={layout['pair']}>
          <Select
            label={say('lots.type')}
            value={type}
            options={TYPES.map((value) => ({ value, text: say(`lots.type.${value}`) }))}
            onChange={(value) => {
              preview.reset();
              setType(value as CorrectionType);
            }}
          />
          <TextField label="SKU" name="sku" value={typed.sku} onChange={(value) => change({ sku: value })} isRequired />
        </div>
        <p className={layout['soft']}>{say(`lots.about.${type}`)}</p>
        <div className={layout['pair']}>{ASKED[type].map(field)}</div>
        {request.locationId === undefined ? null : (
          <div className={layout['pair']}>
            <Select
              label={say('adjustments.reason')}
              value={typed.reasonCode}
              options={reasons.map(({ code, name }) => ({ value: code, text: name }))}
              onChange={(value) => change({ reasonCode: value })}
            />
            <Select
              label={say('adjustments.promised')}
              value={typed.mayUncoverPromises ? 'take' : 'keep'}
              options={[
                { value: 'keep', text: say('adjustments.promised.keep') },
                { value: 'take', text: say('adjustments.promised.take') },
              ]}
              onChange={(value) => change({ mayUncoverPromises: value === 'take' })}
            />
          </div>
        )}
        <TextField label={say('change.reason')} name="reason" value={typed.reason} onChange={(value) => change({ reason: value })} />
        {other === undefined || error === null ? null : <Failed error={error} />}
        {preview.data === undefined ? null : <Preview would={preview.data} />}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={correct.isPending || preview.isPending}>
            {say(mustSee ? 'lots.preview' : 'lots.correctNow')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
