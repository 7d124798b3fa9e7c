import { ApiError } from '@holdfast/client';
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
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import { HOLD_TYPES, SCOPES, type HoldType, type Scope } from './kinds.js';

const FIELDS = ['sku', 'quantity', 'reason', 'reference'];

/** Units that were free where a hold was short; undefined where it was refused for something else. */
function freeUnits(error: Error | null): number | undefined {
  if (!(error instanceof ApiError) || error.code !== 'insufficient_stock') return undefined;
  const available = error.details[0]?.['available'];
  return typeof available === 'number' ? available : 0;
}

/** Keeps units from leaving. Whether promised ones may be held too is asked once fewer are free. */
export function PlaceHold({ sku: given, onClose }: { readonly sku: string | undefined; onClose(): void }): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const queries = useQueryClient();
  const locations = useLocations();
  const [sku, setSku] = useState(given ?? '');
  const [scope, setScope] = useState<Scope>('units');
  const [location, setLocation] = useState<string>();
  const [quantity, setQuantity] = useState('');
  const [type, setType] = useState<HoldType>('quality');
  const [reason, setReason] = useState('');
  const [reference, setReference] = useState('');
  const { idempotencyKey, settled } = useIntentKey();
  const place = useMutation({
    mutationFn: async (mayUncoverPromises: boolean) => {
      await holdfast.holds.place(
        {
          sku: sku.trim(),
          type,
          ...(scope === 'sku' ? {} : { locationId: location ?? locations[0]?.id ?? '' }),
          ...(scope === 'units' ? { quantity: Number(quantity) } : {}),
          ...(mayUncoverPromises ? { mayUncoverPromises } : {}),
          ...present({ reason: reason.trim(), reference: reference.trim() }),
        },
        { idempotencyKey },
      );
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
    onSuccess: onClose,
  });
  const { named, other } = useFaults(place.error, FIELDS);
  const free = freeUnits(place.error);
  return (
    <Dialog title={say('holds.new')} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          place.mutate(false);
        }}
      >
        <TextField label="SKU" name="sku" value={sku} onChange={setSku} isRequired />
        <div className={layout['pair']}>
          <Select
            label={say('holds.covers')}
            value={scope}
            options={SCOPES.map((value) => ({ value, text: say(`holds.scope.${value}`) }))}
            onChange={(value) => setScope(value as Scope)}
          />
          {scope === 'units' ? (
            <TextField
              label={say('change.units')}
              name="quantity"
              kind="number"
              step={1}
              value={quantity}
              onChange={setQuantity}
              isRequired
            />
          ) : null}
        </div>
        {scope === 'units' ? null : <p className={layout['soft']}>{say('holds.later')}</p>}
        <div className={layout['pair']}>
          {scope === 'sku' ? null : (
            <Select
              label={say('explain.location')}
              value={location ?? locations[0]?.id ?? ''}
              options={locations.map(({ id, name }) => ({ value: id, text: name }))}
              onChange={setLocation}
            />
          )}
          <Select
            label={say('holds.type')}
            value={type}
            options={HOLD_TYPES.map((value) => ({ value, text: say(`holds.type.${value}`) }))}
            onChange={(value) => setType(value as HoldType)}
          />
        </div>
        {type === 'recall' || type === 'legal' ? <p className={layout['soft']}>{say('holds.stops')}</p> : null}
        <div className={layout['pair']}>
          <TextField label={say('change.reason')} name="reason" value={reason} onChange={setReason} />
          <TextField label={say('transfers.reference')} name="reference" value={reference} onChange={setReference} />
        </div>
        {free !== undefined || other === undefined || place.error === null ? null : <Failed error={place.error} />}
        {free === undefined ? null : (
          <div role="alert" className={layout['form']}>
            <p className={layout['bad']}>{say('holds.short', { units: units(free) })}</p>
            <div>
              <Button isDisabled={place.isPending} onPress={() => place.mutate(true)}>
                {say('holds.uncover')}
              </Button>
            </div>
          </div>
        )}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={place.isPending}>
            {say('holds.place')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
