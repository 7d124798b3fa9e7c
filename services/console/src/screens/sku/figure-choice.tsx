import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { holdfast } from '../../app/holdfast.js';
import { useLocations } from '../../app/locations.js';
import { Select } from '../../ui/controls.js';
import { useWords } from '../../words/words.js';
import { present } from '../../app/present.js';
import type { FigureSearch } from './search.js';

export interface FigureChoiceProps {
  readonly search: FigureSearch;
  onChange(search: FigureSearch): void;
}

/** Which figure: what is available or what a channel may promise, of one location or of all. */
export function FigureChoice({ search, onChange }: FigureChoiceProps): ReactNode {
  const { say } = useWords();
  const matrix = useQuery({ queryKey: ['channels of the matrix'], queryFn: () => holdfast.channelStock.summarise() });
  const locations = useLocations();
  const channels = (matrix.data?.channels ?? []).map(({ channelId, channelName }) => ({ value: channelId, text: channelName }));
  const places = locations.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <>
      <Select
        label={say('explain.figure')}
        value={search.channel ?? ''}
        options={[{ value: '', text: say('explain.available') }, ...channels]}
        onChange={(channel) => onChange(present({ ...search, channel }))}
      />
      <Select
        label={say('explain.location')}
        value={search.location ?? ''}
        options={[{ value: '', text: say('explain.allLocations') }, ...places]}
        onChange={(location) => onChange(present({ ...search, location }))}
      />
    </>
  );
}
