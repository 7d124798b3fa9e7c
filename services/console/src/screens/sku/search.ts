import { present } from '../../app/present.js';

/** Which figure of a SKU is meant, and by which clocks. */
export interface FigureSearch {
  readonly location?: string;
  readonly channel?: string;
  /** RFC 3339. */
  readonly at?: string;
  readonly knownAt?: string;
}

/** Which events of a SKU are shown, and how much of each. */
export interface TimelineSearch extends FigureSearch {
  readonly correlation?: string;
  readonly actor?: string;
  readonly density?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const time = (value: unknown): string | undefined => {
  const given = text(value);
  return given !== undefined && Number.isFinite(Date.parse(given)) ? given : undefined;
};

/** Reads the parameters of an address; what is not understood is left out. */
export const figureSearch = ({ location, channel, at, knownAt }: Record<string, unknown>): FigureSearch =>
  present({ location: text(location), channel: text(channel), at: time(at), knownAt: time(knownAt) });

export const timelineSearch = ({ correlation, actor, density, ...figure }: Record<string, unknown>): TimelineSearch => ({
  ...figureSearch(figure),
  ...present({ correlation: text(correlation), actor: text(actor), density: text(density) }),
});
