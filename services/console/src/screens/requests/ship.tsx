import { useState, type ReactNode } from 'react';
import { Button, Form, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import type { Step } from './open-units.js';
import type { StockRequest } from './status.js';

interface ShipProps {
  readonly request: StockRequest;
  readonly isBusy: boolean;
  onStep(step: Step): void;
}

/** How much of each line leaves now: all that is reserved stands there first. */
export function Ship({ request, isBusy, onStep }: ShipProps): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const reserved = request.lines.filter(({ quantityReserved }) => quantityReserved > 0);
  const lines = reserved
    .map(({ lineId, quantityReserved }) => ({ lineId, quantity: Number(typed[lineId] ?? quantityReserved) }))
    .filter(({ quantity }) => quantity !== 0);
  return (
    <Form
      aria-label={say('requests.shipHead')}
      className={layout['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        onStep({ kind: 'status', body: { status: 'fulfilling', lines } });
      }}
    >
      <h2>{say('requests.shipHead')}</h2>
      <div className={layout['tools']}>
        {reserved.map(({ lineId, sku, quantityReserved }) => (
          <TextField
            key={lineId}
            label={sku}
            hint={say('requests.ofReserved', { units: units(quantityReserved) })}
            kind="number"
            step={1}
            value={typed[lineId] ?? String(quantityReserved)}
            onChange={(value) => setTyped({ ...typed, [lineId]: value })}
            isRequired
          />
        ))}
        <Button type="submit" look="primary" isDisabled={isBusy || lines.length === 0}>
          {say('requests.ship')}
        </Button>
      </div>
    </Form>
  );
}
