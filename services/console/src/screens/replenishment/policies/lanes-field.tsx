import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Select, TextField } from '../../../ui/controls.js';
import layout from '../../../ui/layout.module.css';
import { useWords } from '../../../words/words.js';
import { laneBetween, type TypedLane } from './typed-policy.js';

interface LanesFieldProps {
  readonly lanes: readonly TypedLane[];
  readonly places: readonly { readonly value: string; readonly text: string }[];
  onChange(lanes: readonly TypedLane[]): void;
}

/** Ways by which goods travel, and what they cost. */
export function LanesField({ lanes, places, onChange }: LanesFieldProps): ReactNode {
  const { say } = useWords();
  const change = (at: number, part: Partial<TypedLane>): void =>
    onChange(lanes.map((lane, index) => (index === at ? { ...lane, ...part } : lane)));
  return (
    <fieldset className={layout['lines']}>
      <legend>{say('policies.lanes')}</legend>
      {lanes.map((lane, at) => (
        // The place of a way is what it is known by: two may be alike while they are typed.
        <fieldset key={at} className={layout['lines']}>
          <legend>{say('policies.lane', { lane: at + 1 })}</legend>
          <div className={layout['pair']}>
            <Select label={say('transfers.from')} value={lane.from} options={places} onChange={(from) => change(at, { from })} />
            <Select label={say('transfers.to')} value={lane.to} options={places} onChange={(to) => change(at, { to })} />
          </div>
          <div className={layout['pair']}>
            <TextField
              label={say('policies.days')}
              name={`lanes[${String(at)}].days`}
              kind="number"
              value={lane.days}
              onChange={(days) => change(at, { days })}
            />
            <TextField
              label={say('policies.costPerUnit')}
              name={`lanes[${String(at)}].costPerUnitMinor`}
              kind="number"
              step={0.01}
              value={lane.perUnit}
              onChange={(perUnit) => change(at, { perUnit })}
            />
            <TextField
              label={say('policies.costPerMove')}
              name={`lanes[${String(at)}].costPerMoveMinor`}
              kind="number"
              step={0.01}
              value={lane.perMove}
              onChange={(perMove) => change(at, { perMove })}
            />
          </div>
          <div>
            <Button
              look="quiet"
              isDisabled={lanes.length === 1}
              aria-label={say('policies.removeLane', { lane: at + 1 })}
              onPress={() => onChange(lanes.filter((_, index) => index !== at))}
            >
              <X size={16} aria-hidden="true" />
            </Button>
          </div>
        </fieldset>
      ))}
      <div>
        <Button onPress={() => onChange([...lanes, laneBetween(places[0]?.value ?? '', places[1]?.value ?? '')])}>
          <Plus size={16} aria-hidden="true" />
          {say('policies.addLane')}
        </Button>
      </div>
    </fieldset>
  );
}
