import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useIntentKey } from '../../app/intent-key.js';
import { useLocations } from '../../app/locations.js';
import { present } from '../../app/present.js';
import { Button, Dialog, Form, Select, TextField } from '../../ui/controls.js';
import { faultsOf } from '../../ui/faults.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import type { Done } from './actions.js';
import styles from './sku.module.css';

interface ChangeStockProps {
  readonly sku: string;
  readonly mayCount: boolean;
  readonly mayAdjust: boolean;
  onClose(done?: Done): void;
}

/** Sets on hand to what was counted, or changes it by a difference; the reason is kept with the event. */
export function ChangeStock({ sku, mayCount, mayAdjust, onClose }: ChangeStockProps): ReactNode {
  const { say } = useWords();
  const { units: unitsText, difference } = useFormats();
  const queries = useQueryClient();
  const locations = useLocations();
  const [how, setHow] = useState<'count' | 'difference'>(mayCount ? 'count' : 'difference');
  const [chosen, setLocation] = useState<string>();
  const location = chosen ?? locations[0]?.id ?? 'MAIN';
  const [units, setUnits] = useState('');
  const [reason, setReason] = useState('');
  const { idempotencyKey, settled } = useIntentKey();
  const change = useMutation({
    mutationFn: async () => {
      const figure = Number(units);
      const about = { sku, locationId: location };
      const said = reason.trim();
      let documentId: string | undefined;
      if (how === 'count')
        await holdfast.stock.record({ ...about, quantity: figure, reasonCode: 'count', ...present({ reason: said }) }, { idempotencyKey });
      else {
        const why = { reasonCode: 'correction', reason: said === '' ? say('change.title') : said };
        documentId = (await holdfast.adjustments.create({ ...about, ...why, delta: figure }, { idempotencyKey })).id;
      }
      await queries.invalidateQueries();
      return { figure, documentId };
    },
    onError: settled,
    onSuccess: ({ figure, documentId }) =>
      onClose({
        text: say('change.done', { location, units: how === 'count' ? unitsText(figure) : difference(figure) }),
        // What a count found stays: it is put right by another.
        ...(documentId === undefined ? {} : { change: { id: `${documentId}~1`, documentId, sku, locationId: location, delta: figure } }),
      }),
  });
  // The same object until the next answer: a new one would bring faults back that were mended meanwhile.
  const faults = useMemo(() => {
    const { quantity, delta, reason: about, '': other } = faultsOf(change.error, ['quantity', 'delta', 'reason']);
    return present({ units: quantity ?? delta ?? other, reason: about });
  }, [change.error]);
  return (
    <Dialog title={say('change.title')} onClose={() => onClose()}>
      <Form
        className={styles['form'] ?? ''}
        validationErrors={faults}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Select
          label={say('change.how')}
          value={how}
          options={[
            ...(mayCount ? [{ value: 'count', text: say('change.count') }] : []),
            ...(mayAdjust ? [{ value: 'difference', text: say('change.difference') }] : []),
          ]}
          onChange={(value) => setHow(value === 'count' ? value : 'difference')}
        />
        <Select
          label={say('explain.location')}
          value={location}
          options={locations.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={setLocation}
        />
        <TextField label={say('change.units')} name="units" kind="number" step={1} value={units} onChange={setUnits} isRequired autoFocus />
        <TextField label={say('change.reason')} name="reason" value={reason} onChange={setReason} />
        <div className={styles['tools']}>
          <Button type="submit" look="primary" isDisabled={change.isPending}>
            {say('change.save')}
          </Button>
          <Button onPress={() => onClose()}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
