import { useState, type ReactNode } from 'react';
import { Button, Form, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import type { Transfer } from './status.js';

interface ReceiveProps {
  readonly transfer: Transfer;
  readonly isBusy: boolean;
  /** What else may be done. */
  readonly children: ReactNode;
  onReceive(lines: readonly { readonly sku: string; readonly quantity: number }[]): void;
}

/** What arrived of each line. All that is on the way stands there first: most deliveries are whole. */
export function Receive({ transfer, isBusy, children, onReceive }: ReceiveProps): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const open = transfer.lines.filter(({ inTransit }) => inTransit > 0);
  const [arrived, setArrived] = useState<Readonly<Record<string, string>>>({});
  const lines = open
    .map(({ sku, inTransit }) => ({ sku, quantity: Number(arrived[sku] ?? inTransit) }))
    .filter(({ quantity }) => quantity !== 0);
  return (
    <Form
      className={layout['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        onReceive(lines);
      }}
    >
      <h2>{say('transfers.arrived')}</h2>
      <div className={layout['tools']}>
        {open.map(({ sku, inTransit }) => (
          <TextField
            key={sku}
            label={sku}
            hint={say('transfers.ofOnTheWay', { units: units(inTransit) })}
            kind="number"
            step={1}
            value={arrived[sku] ?? String(inTransit)}
            onChange={(value) => setArrived({ ...arrived, [sku]: value })}
            isRequired
          />
        ))}
      </div>
      <div className={layout['tools']}>
        <Button type="submit" look="primary" isDisabled={isBusy || lines.length === 0}>
          {say('transfers.receive')}
        </Button>
        {children}
      </div>
    </Form>
  );
}
