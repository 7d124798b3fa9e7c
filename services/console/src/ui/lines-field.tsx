import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.js';
import { Button, TextField } from './controls.js';
import layout from './layout.module.css';

/** A line of a document as it is typed. */
export interface TypedLine {
  readonly sku: string;
  readonly units: string;
}

export const NO_LINE: TypedLine = { sku: '', units: '' };

export interface LinesFieldProps {
  readonly lines: readonly TypedLine[];
  /** What the API calls the units. */
  readonly unitsField?: 'quantity' | 'delta' | 'quantityRequested';
  onChange(lines: readonly TypedLine[]): void;
}

/** SKUs and units of a document, a row each. The forms name their fields as the API does: `lines[0].sku`. */
export function LinesField({ lines, unitsField = 'quantity', onChange }: LinesFieldProps): ReactNode {
  const { say } = useWords();
  const change = (at: number, part: Partial<TypedLine>): void =>
    onChange(lines.map((line, index) => (index === at ? { ...line, ...part } : line)));
  return (
    <fieldset className={layout['lines']}>
      <legend>{say('lines.title')}</legend>
      {lines.map((line, at) => (
        // The place of a line is what it is known by: two may hold the same SKU while they are typed.
        <div key={at} className={layout['line']}>
          <TextField
            label={say('lines.sku', { line: at + 1 })}
            name={`lines[${String(at)}].sku`}
            value={line.sku}
            onChange={(sku) => change(at, { sku })}
            isRequired
          />
          <TextField
            label={say('lines.units', { line: at + 1 })}
            name={`lines[${String(at)}].${unitsField}`}
            kind="number"
            step={1}
            value={line.units}
            onChange={(units) => change(at, { units })}
            isRequired
          />
          <Button
            look="quiet"
            aria-label={say('lines.remove', { line: at + 1 })}
            isDisabled={lines.length === 1}
            onPress={() => onChange(lines.filter((_, index) => index !== at))}
          >
            <X size={16} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div>
        <Button onPress={() => onChange([...lines, NO_LINE])}>
          <Plus size={16} aria-hidden="true" />
          {say('lines.add')}
        </Button>
      </div>
    </fieldset>
  );
}

/** The fields of any line, for `useFaults`. */
export const LINE_FIELDS = ['lines[].sku', 'lines[].quantity', 'lines[].delta'] as const;
