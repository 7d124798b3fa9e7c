import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../../app/holdfast.js';
import { useIntentKey } from '../../../app/intent-key.js';
import { useLocations } from '../../../app/locations.js';
import { Button, Dialog, Form, Select, TextField } from '../../../ui/controls.js';
import layout from '../../../ui/layout.module.css';
import { Failed } from '../../../ui/states.js';
import { useFaults } from '../../../ui/use-faults.js';
import { useFormats } from '../../../words/format.js';
import { useWords } from '../../../words/words.js';
import { LanesField } from './lanes-field.js';
import { FIGURES, MODES, USUAL, policyOf, typedOf, type Policy, type TypedPolicy } from './typed-policy.js';

const FIELDS = ['policyId', 'skus', ...FIGURES, 'lanes[].days', 'lanes[].costPerUnitMinor', 'lanes[].costPerMoveMinor'];

interface PolicyDialogProps {
  readonly policy: Policy | undefined;
  onClose(): void;
}

/** A new policy, or another in place of one. */
export function PolicyDialog({ policy, onClose }: PolicyDialogProps): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const queries = useQueryClient();
  const locations = useLocations();
  const [changed, setChanged] = useState<TypedPolicy>();
  const ids = locations.map(({ id }) => id);
  // Until something was typed it follows the locations, which may still be on their way.
  const typed = changed ?? typedOf(policy, ids);
  const { idempotencyKey, settled } = useIntentKey();
  const change = (part: Partial<TypedPolicy>): void => setChanged({ ...typed, ...part });
  const save = useMutation({
    mutationFn: async () => {
      await holdfast.rebalancing.setPolicy(policyOf(typed, policy), { idempotencyKey });
      await queries.invalidateQueries();
    },
    onSettled: (_, error) => settled(error),
    onSuccess: onClose,
  });
  const { named, other } = useFaults(save.error, FIELDS);
  const places = locations.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <Dialog title={policy === undefined ? say('policies.new') : say('policies.changeOf', { policy: policy.policyId })} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <div className={layout['pair']}>
          {policy === undefined ? (
            <TextField
              label={say('policies.id')}
              name="policyId"
              value={typed.policyId}
              onChange={(policyId) => change({ policyId })}
              isRequired
              autoFocus
            />
          ) : null}
          <Select
            label={say('policies.mode')}
            value={typed.mode}
            options={MODES.map((value) => ({ value, text: say(`policies.mode.${value}`) }))}
            onChange={(value) => change({ mode: value as Policy['mode'] })}
          />
        </div>
        <fieldset className={layout['lines']}>
          <legend>{say('policies.locations')}</legend>
          <div className={layout['tools']}>
            {locations.map(({ id, name }) => (
              <label key={id}>
                <input
                  type="checkbox"
                  checked={typed.locationIds.includes(id)}
                  onChange={({ target }) =>
                    change({
                      locationIds: target.checked ? [...typed.locationIds, id] : typed.locationIds.filter((each) => each !== id),
                    })
                  }
                />{' '}
                {name}
              </label>
            ))}
          </div>
        </fieldset>
        <LanesField
          lanes={typed.lanes}
          places={places.filter(({ value }) => typed.locationIds.includes(value))}
          onChange={(lanes) => change({ lanes })}
        />
        <div className={layout['pair']}>
          {FIGURES.map((figure) => (
            <TextField
              key={figure}
              label={say(`policies.figure.${figure}`)}
              name={figure}
              kind="number"
              hint={say('policies.usual', { units: units(USUAL[figure]) })}
              value={typed.figures[figure] ?? ''}
              onChange={(value) => change({ figures: { ...typed.figures, [figure]: value } })}
            />
          ))}
        </div>
        <TextField label={say('policies.skus')} name="skus" value={typed.skus} onChange={(skus) => change({ skus })} />
        {other === undefined || save.error === null ? null : <Failed error={save.error} />}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={save.isPending || typed.locationIds.length < 2}>
            {say('actions.save')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
