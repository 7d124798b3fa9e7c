import type { ItemOf, ValueOf } from '@holdfast/client';
import type { ReactNode } from 'react';
import layout from '../../ui/layout.module.css';
import { useWords } from '../../words/words.js';

export type Channel = ValueOf<'channels.get'>;
export type Mapping = ItemOf<'mappings.list', 'mappings'>;

const LOOKS = { ok: ['good', '✓'], waiting: ['warn', '…'], failing: ['bad', '✗'], gone: ['bad', '✗'] } as const;

/** How telling the channel goes, by a glyph, a colour and a word. */
export function Health({ channel }: { readonly channel: Channel }): ReactNode {
  const { say } = useWords();
  if (!channel.enabled) return <span className={layout['soft']}>– {say('channels.disabled')}</span>;
  const { status } = channel.delivery;
  const [look, glyph] = LOOKS[status];
  return (
    <span className={layout[look]}>
      {glyph} {say(`channels.delivery.${status}`)}
    </span>
  );
}
