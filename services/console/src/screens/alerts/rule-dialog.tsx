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
import type { AlertRule } from './alert-rules.js';

const FIELDS = ['sku', 'category', 'threshold'];

/** A new threshold, or another one of the same rule. */
export function RuleDialog({ rule, onClose }: { readonly rule?: AlertRule; onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const locations = useLocations();
  const { idempotencyKey, settled } = useIntentKey();
  const [ruleId, setRuleId] = useState(rule?.ruleId ?? '');
  const [sku, setSku] = useState(rule?.sku ?? '');
  const [category, setCategory] = useState(rule?.category ?? '');
  const [locationId, setLocationId] = useState(rule?.locationId ?? '');
  const [threshold, setThreshold] = useState(rule === undefined ? '' : String(rule.threshold));
  const [state, setState] = useState(rule?.enabled === false ? 'off' : 'on');
  const save = useMutation({
    mutationFn: async () => {
      const scope = present({ sku: sku.trim(), category: category.trim(), locationId });
      await holdfast.alertRules.put(ruleId.trim(), { ...scope, threshold: Number(threshold), enabled: state === 'on' }, { idempotencyKey });
      await queries.invalidateQueries({ queryKey: ['alert rules'] });
    },
    onSettled: (_, error) => settled(error),
    onSuccess: onClose,
  });
  const { named, other } = useFaults(save.error, FIELDS);
  const places = locations.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <Dialog title={rule === undefined ? say('alertRules.add') : rule.ruleId} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {rule === undefined ? <TextField label={say('channels.id')} name="ruleId" value={ruleId} onChange={setRuleId} isRequired /> : null}
        <div className={layout['pair']}>
          <TextField label="SKU" name="sku" value={sku} onChange={setSku} />
          <TextField label={say('alertRules.category')} name="category" value={category} onChange={setCategory} />
        </div>
        <p className={layout['soft']}>{say('alertRules.coversHint')}</p>
        <div className={layout['pair']}>
          <Select
            label={say('explain.location')}
            value={locationId}
            options={[{ value: '', text: say('alertRules.allLocations') }, ...places]}
            onChange={setLocationId}
          />
          <TextField
            label={say('alerts.threshold')}
            name="threshold"
            kind="number"
            step={1}
            value={threshold}
            onChange={setThreshold}
            isRequired
          />
          <Select
            label={say('mappings.status')}
            value={state}
            options={(['on', 'off'] as const).map((value) => ({ value, text: say(`alertRules.${value}`) }))}
            onChange={setState}
          />
        </div>
        {other === undefined || save.error === null ? null : <Failed error={save.error} />}
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={save.isPending}>
            {say('actions.save')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
