import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useLocations } from '../../app/locations.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { Failed } from '../../ui/states.js';
import { useFaults } from '../../ui/use-faults.js';
import { useWords } from '../../words/words.js';
import { METHODS, MODES, useMethodName, type Rule } from './status.js';
import { FIGURES, ruleOf, typedOf, type Figure, type TypedRule } from './typed-rule.js';

const FIELDS = ['rules[].sku', ...FIGURES.map((figure) => `rules[].${figure}`), 'rules[].supplierId'];
const HINTED: readonly Figure[] = ['reorderPoint', 'orderUpTo'];

/** Figures that a method has. What is left empty is computed from daily use. */
const FIGURES_OF: Readonly<Record<Rule['method'], readonly Figure[]>> = {
  min_max: ['min', 'max', 'leadTimeDays', 'packSize'],
  reorder_point: ['reorderPoint', 'orderUpTo', 'leadTimeDays', 'packSize'],
  periodic: ['reviewPeriodDays', 'orderUpTo', 'leadTimeDays', 'packSize'],
};

/** A new rule, or another for the same SKU and location. */
export function RuleDialog({ rule, onClose }: { readonly rule: Rule | undefined; onClose(): void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const methodName = useMethodName();
  const locations = useLocations();
  const [typed, setTyped] = useState<TypedRule>(() => typedOf(rule));
  const { idempotencyKey, settled } = useIntentKey();
  const change = (part: Partial<TypedRule>): void => setTyped({ ...typed, ...part });
  const locationId = typed.locationId ?? locations[0]?.id ?? '';
  const sourceLocationId = typed.sourceLocationId ?? locations.find(({ id }) => id !== locationId)?.id ?? '';
  const figures = FIGURES_OF[typed.method];
  const save = useMutation({
    mutationFn: async () => {
      const made = ruleOf({ ...typed, locationId, sourceLocationId }, figures, rule);
      const { results } = await holdfast.replenishment.setRules({ rules: [made] }, { idempotencyKey });
      await queries.invalidateQueries();
      return results.find(({ status }) => status === 'error')?.code;
    },
    onSettled: (_, error) => settled(error),
    onSuccess: (code) => {
      if (code === undefined) onClose();
    },
  });
  const { named, other } = useFaults(save.error, FIELDS);
  const places = locations.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <Dialog title={rule === undefined ? say('replenishment.newRule') : say('replenishment.changeOf', { sku: rule.sku })} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        validationErrors={named}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {rule === undefined ? (
          <div className={layout['pair']}>
            <TextField label="SKU" name="rules[0].sku" value={typed.sku} onChange={(sku) => change({ sku })} isRequired />
            <Select
              label={say('explain.location')}
              value={locationId}
              options={places}
              onChange={(value) => change({ locationId: value })}
            />
          </div>
        ) : (
          <p className={layout['soft']}>
            {rule.sku} · {rule.locationId}
          </p>
        )}
        <div className={layout['pair']}>
          <Select
            label={say('replenishment.method')}
            value={typed.method}
            options={METHODS.map((value) => ({ value, text: methodName(value) }))}
            onChange={(value) => change({ method: value as Rule['method'] })}
          />
          <Select
            label={say('replenishment.mode')}
            value={typed.mode}
            options={MODES.map((value) => ({ value, text: say(`replenishment.mode.${value}`) }))}
            onChange={(value) => change({ mode: value as Rule['mode'] })}
          />
        </div>
        <div className={layout['pair']}>
          {figures.map((figure) => (
            <TextField
              key={figure}
              label={say(`replenishment.figure.${figure}`)}
              name={`rules[0].${figure}`}
              kind="number"
              value={typed.figures[figure] ?? ''}
              onChange={(value) => change({ figures: { ...typed.figures, [figure]: value } })}
              {...(HINTED.includes(figure) ? { hint: say('replenishment.emptyIsComputed') } : {})}
              isRequired={figure === 'min' || figure === 'reviewPeriodDays'}
            />
          ))}
        </div>
        <div className={layout['pair']}>
          <Select
            label={say('replenishment.source')}
            value={typed.sourceType}
            options={(['transfer', 'purchase'] as const).map((value) => ({ value, text: say(`replenishment.source.${value}`) }))}
            onChange={(value) => change({ sourceType: value as TypedRule['sourceType'] })}
          />
          {typed.sourceType === 'transfer' ? (
            <Select
              label={say('transfers.from')}
              value={sourceLocationId}
              options={places.filter(({ value }) => value !== locationId)}
              onChange={(value) => change({ sourceLocationId: value })}
            />
          ) : (
            <TextField
              label={say('replenishment.supplier')}
              name="rules[0].supplierId"
              value={typed.supplierId}
              onChange={(supplierId) => change({ supplierId })}
            />
          )}
        </div>
        {other === undefined || save.error === null ? null : <Failed error={save.error} />}
        {save.data === undefined ? null : (
          <p role="alert" className={layout['bad']}>
            ✗ <code>{save.data}</code>
          </p>
        )}
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
