import { useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react';
import type { LiveMatrix } from '../../live/live-matrix.js';
import type { MatrixStore } from '../../live/matrix-store.js';
import { useFormats } from '../../words/format.js';
import { useWords } from '../../words/words.js';
import styles from './grid.module.css';
import { GridPainter, type GridPlace } from './grid-painter.js';
import type { GridTexts } from './grid-row.js';
import { HEAT } from './heat.js';

export interface GridProps {
  readonly matrix: LiveMatrix;
  readonly store: MatrixStore;
  /** Rows of the store in the order in which they are shown. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly label: string;
  /** SKUs that stand first. */
  readonly pins: readonly string[];
  readonly place: GridPlace | undefined;
  onLeave(place: GridPlace): void;
  onOpen(sku: string, column: number): void;
  onPin(sku: string): void;
}

function useGridTexts(pins: readonly string[]): GridTexts {
  const { say } = useWords();
  const { units } = useFormats();
  return useMemo(
    () => ({
      units,
      product: say('matrix.product'),
      pins,
      pinned: say('matrix.pinned'),
      held: (held: number) => say('holds.held', { units: units(held) }),
      heat: Object.fromEntries(HEAT.map((heat) => [heat, say(`heat.${heat}`)])) as GridTexts['heat'],
    }),
    [say, units, pins],
  );
}

/** The frame around the cells, which `GridPainter` writes. */
export function Grid({ matrix, store, rows, label, pins, place, onLeave, onOpen, onPin }: GridProps): ReactNode {
  const texts = useGridTexts(pins);
  const element = useRef<HTMLDivElement>(null);
  const painter = useRef<GridPainter>(undefined);
  const leaving = useRef({ place, onLeave });

  useLayoutEffect(() => {
    if (element.current === null) return undefined;
    const made = new GridPainter(element.current);
    painter.current = made;
    return () => {
      leaving.current.onLeave(made.place);
      made.close();
    };
  }, []);
  useLayoutEffect(() => {
    if (painter.current !== undefined) Object.assign(painter.current, { onOpen, onPin });
  }, [onOpen, onPin]);
  useLayoutEffect(() => {
    painter.current?.show(store, rows, texts);
    const { place: left } = leaving.current;
    if (left !== undefined) painter.current?.restore(left);
    leaving.current = { ...leaving.current, place: undefined };
  }, [store, rows, texts]);
  useEffect(() => matrix.onCell((row, column) => painter.current?.touch(row, column)), [matrix]);

  return (
    <div ref={element} className={styles['grid']} role="grid" tabIndex={0} aria-label={label} aria-readonly="true" aria-keyshortcuts="p" />
  );
}
