import type { BodyOf } from '@holdfast/client';
import { useState, type ReactNode } from 'react';
import { Button, Form, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import type { Transfer } from './status.js';

export type ReceiptLine = NonNullable<BodyOf<'transfers.act'>['lines']>[number] & { readonly sku: string };

interface ReceiveProps {
  readonly transfer: Transfer;
  readonly isBusy: boolean;
  /** What else may be done. */
  readonly children: ReactNode;
  onReceive(lines: readonly ReceiptLine[]): void;
}

type Typed = Readonly<Record<string, string>>;

/** Units beyond what is on the way. */
const surplusOf = ({ quantity, rejected = 0 }: ReceiptLine, inTransit: number): number => Math.max(0, quantity + rejected - inTransit);

/**
 * What arrived of each line: good units, and rejected ones, which are held. All that is on the way stands there first: most deliveries are
 * whole. A surplus is named before it is booked.
 */
export function Receive({ transfer, isBusy, children, onReceive }: ReceiveProps): ReactNode {
  const { say } = useWords();
  const { units } = useFormats();
  const open = transfer.lines.filter(({ inTransit }) => inTransit > 0);
  const [arrived, setArrived] = useState<Typed>({});
  const [rejected, setRejected] = useState<Typed>({});
  const typed = open.map(({ sku, inTransit }) => {
    const bad = Number(rejected[sku] ?? 0);
    const line: ReceiptLine = { sku, quantity: Number(arrived[sku] ?? inTransit), ...(bad === 0 ? {} : { rejected: bad }) };
    return { sku, line, surplus: surplusOf(line, inTransit) };
  });
  const lines = typed
    .filter(({ line }) => line.quantity + (line.rejected ?? 0) !== 0)
    .map(({ line, surplus }) => (surplus === 0 ? line : { ...line, over: { quantity: surplus, reasonCode: 'over_receipt' } }));
  return (
    <Form
      className={layout['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        onReceive(lines);
      }}
    >
      <h2>{say('transfers.arrived')}</h2>
      {open.map(({ sku, inTransit }) => (
        <div key={sku} className={layout['pair']}>
          <TextField
            label={sku}
            hint={say('transfers.ofOnTheWay', { units: units(inTransit) })}
            kind="number"
            step={1}
            value={arrived[sku] ?? String(inTransit)}
            onChange={(value) => setArrived({ ...arrived, [sku]: value })}
            isRequired
          />
          <TextField
            label={say('transfers.rejectedOf', { sku })}
            hint={say('transfers.rejectedHint')}
            kind="number"
            step={1}
            value={rejected[sku] ?? '0'}
            onChange={(value) => setRejected({ ...rejected, [sku]: value })}
          />
        </div>
      ))}
      {typed
        .filter(({ surplus }) => surplus > 0)
        .map(({ sku, surplus }) => (
          <p key={sku} className={layout['warn']} role="status">
            {say('transfers.surplus', { sku, units: units(surplus) })}
          </p>
        ))}
      <div className={layout['tools']}>
        <Button type="submit" look="primary" isDisabled={isBusy || lines.length === 0}>
          {say('transfers.receive')}
        </Button>
        {children}
      </div>
    </Form>
  );
}
